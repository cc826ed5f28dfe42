import type { Session } from './session';
import { readVectors } from './vectorColumns';

/** Ids, ascending, of the samples, not missing, that a model has embedded, and how long its vectors are (0 of none). */
export async function embeddedSamples(session: Session, model: string): Promise<{ ids: Int32Array; length: number }> {
  const ids = await session.integers(
    `SELECT sample_id FROM embedding_vectors
     SEMI JOIN (SELECT id FROM samples WHERE NOT missing) present ON present.id = sample_id
     WHERE model = $1 ORDER BY sample_id`,
    [model],
  );
  const [first] = await session.rows<{ length: number }>(
    'SELECT len(vector)::INTEGER AS length FROM embedding_vectors WHERE model = $1 LIMIT 1',
    [model],
  );
  return { ids, length: first?.length ?? 0 };
}

/**
 * The vectors of these samples, row-major.
 * @param ids ascending; a stretch of those of `embeddedSamples`, so that the rows lie together
 * @throws when one has no vector (any more)
 */
export async function embeddingRows(
  session: Session,
  model: string,
  ids: Int32Array,
  length: number,
): Promise<Float32Array> {
  const vectors = new Float32Array(ids.length * length);
  const chunks = await session.chunks(`SELECT sample_id, vector FROM embedding_vectors ${AMONG}`, among(model, ids));
  const places = new Map(Array.from(ids, (id, place) => [id, place]));
  let found = 0;
  for (const chunk of chunks) {
    const column = chunk.getColumnVector(0);
    const placeOf = (row: number) => places.get(column.getItem(row) as number);
    await readVectors(chunk, 1, length, vectors, placeOf);
    for (let row = 0; row < chunk.rowCount; row++) if (placeOf(row) !== undefined) found++;
  }
  if (found !== ids.length) throw new Error(`${found} of ${ids.length} samples have a vector of ${model}.`);
  return vectors;
}

/** A number, as text, that changes with the vectors of these samples. @param ids as for `embeddingRows` */
export async function embeddingDigest(session: Session, model: string, ids: Int32Array): Promise<string> {
  const { digest } = await session.row<{ digest: string }>(
    `SELECT coalesce(bit_xor(hash(sample_id, vector)), 0)::VARCHAR AS digest FROM embedding_vectors ${AMONG}`,
    among(model, ids),
  );
  return digest;
}

const AMONG = 'WHERE model = $1 AND sample_id BETWEEN $2::INTEGER AND $3::INTEGER';

function among(model: string, ids: Int32Array): [string, number, number] {
  return [model, ids[0], ids[ids.length - 1]];
}
