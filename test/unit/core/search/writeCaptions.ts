import type { DatasetLocation } from '../../../../src/core/datasetLocation';
import { openDatabase } from '../../../../src/core/store/openDatabase';

/** Captions of samples by id, as a model would leave them, in a dataset that is closed. */
export async function writeCaptions(
  { database }: DatasetLocation,
  captions: Readonly<Record<number, string>>,
): Promise<void> {
  const connection = await openDatabase(database);
  try {
    for (const [id, caption] of Object.entries(captions)) {
      await connection.session.run('INSERT INTO captions VALUES ($1::INTEGER, $2, $3, 1)', [id, 'captioner', caption]);
    }
  } finally {
    connection.close();
  }
}
