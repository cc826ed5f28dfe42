import type { Basis } from '../../protocol/workerApi';
import { stageIds, type Session } from './session';
import { bytesToFloats, floatsToBytes, readVectors } from './vectorColumns';

/** Row-major: vector `i` (of unit length) and sign code `i` belong to sample `ids[i]`. */
export interface EmbeddingRows {
  readonly ids: Int32Array;
  readonly vectors: Float32Array;
  /** Of 32 bytes each; null where the model has none. */
  readonly signCodes: Uint8Array | null;
}

export interface StoredBasis {
  readonly basis: Basis;
  /** How many descriptors there were when it was fitted. */
  readonly fittedOn: number;
}

/** Bytes of one sign code. */
const CODE_BYTES = 32;

export async function loadBasis(session: Session, model: string): Promise<StoredBasis | null> {
  const [row] = await session.rows<
    Pick<Basis, 'inputLength' | 'outputLength'> &
      Record<'mean' | 'components' | 'scale', Uint8Array> & { fittedOn: number }
  >(
    `SELECT input_length AS "inputLength", output_length AS "outputLength", mean, components, scale,
       fitted_on AS "fittedOn"
     FROM embedding_bases WHERE model = $1`,
    [model],
  );
  if (!row) return null;
  const { inputLength, outputLength, fittedOn } = row;
  const [mean, components, scale] = [row.mean, row.components, row.scale].map(bytesToFloats) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  return { basis: { inputLength, outputLength, mean, components, scale }, fittedOn };
}

/** Embeddings of different bases cannot be compared, so those of the old one go, and their map and what they told of duplicates with them. */
export async function saveBasis(session: Session, model: string, basis: Basis, fittedOn: number): Promise<void> {
  for (const table of ['embedding_vectors', 'map_points', 'projections', 'embedding_bases']) {
    await session.run(`DELETE FROM ${table} WHERE model = $1`, [model]);
  }
  await session.run('DELETE FROM near_duplicates WHERE found_by = $1', [model]);
  const blob = (values: Float32Array) =>
    ({ type: 'BLOB', bytes: floatsToBytes(values), length: values.byteLength }) as const;
  await session.stage('staged', {
    mean: blob(basis.mean),
    components: blob(basis.components),
    scale: blob(basis.scale),
  });
  await session.run(
    `INSERT INTO embedding_bases
     SELECT $1, $2::INTEGER, $3::INTEGER, mean, components, scale, $4::INTEGER, make_timestamp($5::BIGINT * 1000)
     FROM staged`,
    [model, basis.inputLength, basis.outputLength, fittedOn, Date.now()],
  );
}

/** Where a vector is replaced, its place on the map goes: the next projection makes it anew. */
export async function commitEmbeddings(session: Session, model: string, rows: EmbeddingRows): Promise<void> {
  const { ids, vectors, signCodes } = rows;
  if (ids.length === 0) return;
  await stageIds(session, 'staged', ids);
  for (const table of ['embedding_vectors', 'map_points']) {
    await session.run(`DELETE FROM ${table} USING staged WHERE staged.id = sample_id AND model = $1`, [model]);
  }
  await session.stage('staged_vectors', {
    id: { type: 'INTEGER', values: ids },
    vector: { type: 'FLOAT[]', vectors, length: vectors.length / ids.length },
    ...(signCodes && { sign_code: { type: 'BLOB', bytes: signCodes, length: CODE_BYTES } }),
  });
  const code = signCodes ? 'sign_code' : 'NULL';
  await session.run(`INSERT INTO embedding_vectors SELECT id, $1, vector, ${code} FROM staged_vectors`, [model]);
}

/**
 * All embeddings of a model by sample id, without those of missing samples. `length` is 0 when there are none;
 * `signCodes` is null when one has none.
 */
export async function readEmbeddings(session: Session, model: string): Promise<EmbeddingRows & { length: number }> {
  const { count, coded, length } = await session.row<{ count: number; coded: number; length: number }>(
    `SELECT count(*)::INTEGER AS count, count(sign_code)::INTEGER AS coded,
       coalesce(max(len(vector)), 0)::INTEGER AS length
     FROM embedding_vectors
     SEMI JOIN (SELECT id FROM samples WHERE NOT missing) present ON present.id = sample_id WHERE model = $1`,
    [model],
  );
  const ids = new Int32Array(count);
  const vectors = new Float32Array(count * length);
  const signCodes = coded === count ? new Uint8Array(count * CODE_BYTES) : null;
  const chunks = await session.chunks(
    `SELECT sample_id, vector, sign_code FROM embedding_vectors
     SEMI JOIN (SELECT id FROM samples WHERE NOT missing) present ON present.id = sample_id
     WHERE model = $1 ORDER BY sample_id`,
    [model],
  );
  let start = 0;
  for (const chunk of chunks) {
    const first = start;
    await readVectors(chunk, 1, length, vectors, (row) => first + row);
    const [idColumn, codes] = [chunk.getColumnVector(0), chunk.getColumnVector(2)];
    for (let row = 0; row < chunk.rowCount; row++) {
      ids[first + row] = idColumn.getItem(row) as number;
      signCodes?.set((codes.getItem(row) as { bytes: Uint8Array }).bytes, (first + row) * CODE_BYTES);
    }
    start += chunk.rowCount;
  }
  return { ids, vectors, length, signCodes };
}
