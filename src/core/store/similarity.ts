import { SqlParameters } from '../filter/sqlParameters';
import type { SampleFilter } from '../sampleFilter';
import { remember } from './remember';
import { compileWhere } from './selectSamples';
import { stageIds, type Session } from './session';
import { readVectors } from './vectorColumns';

/** Samples with the cosine of each to what was looked for, -1 to 1; the best first, in parallel arrays. */
export interface Ranking {
  readonly ids: Int32Array;
  readonly scores: Float32Array;
}

/** What similar samples are looked for with. */
export interface SimilarityTarget {
  /** Whose vectors are compared. */
  readonly model: string;
  /** Of unit length, in the model's space; samples whose vectors have another length are left out. */
  readonly vector: Float32Array;
  /** Samples that it was made from: they come before all others. Empty for a text. */
  readonly origin: Int32Array;
}

/** The vectors of one model as they are now. */
export interface VectorSet {
  /** Samples, not missing, that have one. */
  readonly count: number;
  /** Numbers a vector, 0 without any. */
  readonly length: number;
  /** Another one whenever vectors were added, taken away or replaced, or samples went missing or came back. */
  readonly version: string;
}

/** A sum of unit vectors that is shorter has no direction. */
const LEAST_NORM = 1e-6;
const PRESENT = 'SEMI JOIN (SELECT id FROM samples WHERE NOT missing) present ON present.id = e.sample_id';

/**
 * The direction that the vectors of these samples have in common: their mean, made one long.
 * @returns null where none of them has a vector, or where they point away from each other
 */
export async function meanVector(session: Session, ids: Int32Array, model: string): Promise<Float32Array | null> {
  const { length } = await vectorSet(session, model);
  await stageIds(session, 'similar_to', ids);
  const chunks = await session.chunks(
    `SELECT e.vector FROM embedding_vectors e SEMI JOIN similar_to ON similar_to.id = e.sample_id
     WHERE e.model = $1 AND len(e.vector) = $2::INTEGER`,
    [model, length],
  );
  const sum = new Float64Array(length);
  for (const chunk of chunks) {
    const vectors = new Float32Array(chunk.rowCount * length);
    await readVectors(chunk, 0, length, vectors, (row) => row);
    for (let i = 0; i < vectors.length; i++) sum[i % length] += vectors[i];
  }
  const norm = Math.hypot(...sum);
  return norm > LEAST_NORM ? Float32Array.from(sum, (value) => value / norm) : null;
}

/** The `limit` samples that pass the filter and are most alike by cosine, exactly; equal ones are in the order of ids. */
export async function rankSamples(
  session: Session,
  { model, vector, origin }: SimilarityTarget,
  filter: SampleFilter,
  limit: number,
): Promise<Ranking> {
  const parameters = new SqlParameters();
  const where = await compileWhere(session, filter, parameters);
  await stageIds(session, 'similar_to', origin);
  return readRanking(
    session,
    `WITH target AS (SELECT string_split(${parameters.add(vector.join(','))}, ',')::FLOAT[] AS vector)
     SELECT e.sample_id, list_inner_product(e.vector, target.vector) AS score
     FROM embedding_vectors e JOIN samples s ON s.id = e.sample_id, target
     WHERE e.model = ${parameters.add(model)} AND len(e.vector) = len(target.vector) AND NOT s.missing AND ${where}
     ORDER BY e.sample_id IN (SELECT id FROM similar_to) DESC, score DESC, e.sample_id
     LIMIT ${parameters.add(limit)}::BIGINT`,
    parameters,
  );
}

async function readRanking(session: Session, sql: string, parameters: SqlParameters): Promise<Ranking> {
  const chunks = await session.chunks(sql, parameters.values);
  const count = chunks.reduce((total, chunk) => total + chunk.rowCount, 0);
  const [ids, scores] = [new Int32Array(count), new Float32Array(count)];
  let at = 0;
  for (const chunk of chunks) {
    const [idColumn, scoreColumn] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
    for (let row = 0; row < chunk.rowCount; row++, at++) {
      ids[at] = idColumn.getItem(row) as number;
      scores[at] = Math.min(1, Math.max(-1, scoreColumn.getItem(row) as number));
    }
  }
  return { ids, scores };
}

/** Found out once until what lies in the folder, or what models said of it, changes. */
export function vectorSet(session: Session, model: string): Promise<VectorSet> {
  const find = () =>
    session.row<VectorSet>(
      `SELECT count(*)::INTEGER AS count, coalesce(max(len(e.vector)), 0)::INTEGER AS length,
         concat_ws(' ', count(*), max(e.rowid), bit_xor(hash(e.sample_id))) AS version
       FROM embedding_vectors e ${PRESENT} WHERE e.model = $1`,
      [model],
    );
  return remember(session, `vectorSet ${model}`, find, 'files');
}

/** The samples behind a `VectorSet`, in ascending order. */
export function vectorIds(session: Session, model: string): Promise<Int32Array> {
  return session.integers(
    `SELECT e.sample_id FROM embedding_vectors e ${PRESENT} WHERE e.model = $1 ORDER BY e.sample_id`,
    [model],
  );
}

/** The vectors of samples one after the other, `ids` ascending; zeros where one has none of this length. */
export async function vectorsOf(
  session: Session,
  model: string,
  ids: Int32Array,
  length: number,
): Promise<Float32Array> {
  const vectors = new Float32Array(ids.length * length);
  if (ids.length === 0) return vectors;
  const chunks = await session.chunks(
    `SELECT sample_id, vector FROM embedding_vectors
     WHERE sample_id BETWEEN $1::INTEGER AND $2::INTEGER AND model = $3 AND len(vector) = $4::INTEGER`,
    [ids[0], ids[ids.length - 1], model, length],
  );
  for (const chunk of chunks) {
    const idColumn = chunk.getColumnVector(0);
    await readVectors(chunk, 1, length, vectors, (row) => placeOf(ids, idColumn.getItem(row) as number));
  }
  return vectors;
}

/** Which of `ids`, ascending and with vectors, pass the filter: 1 where one does, else 0. */
export async function passing(session: Session, filter: SampleFilter, ids: Int32Array): Promise<Uint8Array> {
  const parameters = new SqlParameters();
  const where = await compileWhere(session, filter, parameters);
  const passed = await session.integers(
    `SELECT s.id FROM samples s WHERE NOT s.missing AND ${where} ORDER BY s.id`,
    parameters.values,
  );
  const mask = new Uint8Array(ids.length);
  for (let at = 0, of = 0; at < ids.length && of < passed.length;) {
    if (ids[at] === passed[of]) {
      mask[at++] = 1;
      of++;
    } else if (ids[at] < passed[of]) at++;
    else of++;
  }
  return mask;
}

/** The place of an id among ascending ones. */
export function placeOf(ids: Int32Array, id: number): number | undefined {
  let [low, high] = [0, ids.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (ids[middle] === id) return middle;
    if (ids[middle] < id) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
