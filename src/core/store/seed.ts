import type { DatasetLocation } from '../datasetLocation';
import { ensureDerived } from './derive';
import { seedVocabulary } from './dimensions';
import type { Session } from './session';
import { releaseSamples } from './taggingStatus';

/** What every open-for-writing makes sure of: the dataset's row, the vocabulary, tags by the present rules, no run left half-way. */
export async function seed(session: Session, location: DatasetLocation): Promise<void> {
  const datasets = await session.rows<{ folder: string }>('SELECT folder FROM datasets');
  if (datasets.length === 0) {
    await session.run(
      'INSERT INTO datasets (id, folder, created_at) VALUES (1, $1, make_timestamp($2::BIGINT * 1000))',
      [location.folder, Date.now()],
    );
  } else if (datasets[0].folder !== location.folder) {
    await session.run('UPDATE datasets SET folder = $1', [location.folder]);
  }
  await seedVocabulary(session);
  await ensureDerived(session);
  await recover(session);
}

/** A process that died left its run and the samples it had in hand behind. */
async function recover(session: Session): Promise<void> {
  await session.run(`UPDATE runs SET outcome = 'interrupted' WHERE outcome = 'running'`);
  await releaseSamples(session);
}
