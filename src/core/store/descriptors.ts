import { DESCRIPTOR_LENGTH } from '../../protocol/workerApi';
import { chooseIds } from './chooseIds';
import { stageIds, type Session } from './session';
import { readVectors } from './vectorColumns';

export interface DescriptorSelection {
  /** Read only that many, chosen by `seed`. */
  readonly sampleSize?: number;
  readonly seed?: number;
  readonly onlyWithoutEmbedding?: boolean;
}

/** Row-major: descriptor `i` belongs to sample `ids[i]`. */
export interface DescriptorRows {
  readonly ids: Int32Array;
  readonly descriptors: Float32Array;
}

const PRESENT = 'SEMI JOIN (SELECT id FROM samples WHERE NOT missing) present ON present.id = sample_id';

/** Samples, not missing, with a descriptor of that embedder. */
export async function descriptorCount(session: Session, embedder: string): Promise<number> {
  const { count } = await session.row<{ count: number }>(
    `SELECT count(*)::INTEGER AS count FROM (SELECT sample_id FROM descriptors WHERE model = $1) ${PRESENT}`,
    [embedder],
  );
  return count;
}

/** Ids, ascending, of the samples whose descriptors are wanted; missing ones are left out. */
export async function descriptorIds(
  session: Session,
  embedder: string,
  { sampleSize, seed = 0, onlyWithoutEmbedding = false }: DescriptorSelection,
): Promise<Int32Array> {
  const ids = await session.integers(
    `SELECT sample_id FROM (SELECT sample_id FROM descriptors WHERE model = $1) ${PRESENT}
     WHERE NOT ($2 AND sample_id IN (SELECT sample_id FROM embedding_vectors WHERE model = $1))
     ORDER BY sample_id`,
    [embedder, onlyWithoutEmbedding],
  );
  return sampleSize === undefined ? ids : chooseIds(ids, sampleSize, seed);
}

/** The descriptors of these samples, in this order; those that have gone meanwhile are left out. */
export async function descriptorRows(session: Session, embedder: string, ids: Int32Array): Promise<DescriptorRows> {
  await stageIds(session, 'staged', ids);
  const chunks = await session.chunks(
    'SELECT sample_id, vector FROM descriptors SEMI JOIN staged ON staged.id = sample_id WHERE model = $1',
    [embedder],
  );
  const found = new Set(chunks.flatMap((chunk) => chunk.getColumnValues(0)));
  const kept = ids.filter((id) => found.has(id));
  const places = new Map(Array.from(kept, (id, place) => [id, place]));
  const descriptors = new Float32Array(kept.length * DESCRIPTOR_LENGTH);
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(0);
    await readVectors(chunk, 1, DESCRIPTOR_LENGTH, descriptors, (row) => places.get(vector.getItem(row) as number));
  }
  return { ids: kept, descriptors };
}
