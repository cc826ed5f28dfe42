import { openDatabase } from '../../src/core/store/openDatabase';
import { SeededRandom } from '../../src/worker/numeric/seededRandom';

/** Centres that vectors lie around, as those of images do around what is in them. */
const CENTRES = 2000;
/** How far, against the length of a centre. */
const SPREAD = 0.9;
const ROWS_AT_ONCE = 20_000;

/** `count` vectors of unit length, row-major: a mixture of many groups, seeded. */
export function drawVectors(count: number, length: number): Float32Array {
  const random = new SeededRandom(17);
  const centres = Float32Array.from({ length: CENTRES * length }, () => random.normal());
  // draws are what takes the time: a long list of them is walked through from another place for each row
  const noise = Float32Array.from({ length: 1 << 20 }, () => SPREAD * random.normal());
  const vectors = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    const centre = random.below(CENTRES) * length;
    const start = random.below(noise.length - length);
    let square = 0;
    for (let i = 0; i < length; i++) {
      const value = centres[centre + i] + noise[start + i];
      vectors[row * length + i] = value;
      square += value * value;
    }
    const norm = Math.sqrt(square);
    for (let i = 0; i < length; i++) vectors[row * length + i] /= norm;
  }
  return vectors;
}

/** Gives samples 1, 2, 3, … of a dataset vectors of a model. */
export async function writeVectors(
  database: string,
  model: string,
  vectors: Float32Array,
  length: number,
): Promise<void> {
  const connection = await openDatabase(database);
  try {
    const { session } = connection;
    const count = vectors.length / length;
    for (let start = 0; start < count; start += ROWS_AT_ONCE) {
      const rows = Math.min(ROWS_AT_ONCE, count - start);
      await session.stage('staged_vectors', {
        id: { type: 'INTEGER', values: Int32Array.from({ length: rows }, (_, row) => start + row + 1) },
        vector: { type: 'FLOAT[]', vectors: vectors.subarray(start * length, (start + rows) * length), length },
      });
      await session.run('INSERT INTO embedding_vectors SELECT id, $1, vector, NULL FROM staged_vectors', [model]);
    }
    await session.run('DROP TABLE staged_vectors');
    await session.run('CHECKPOINT');
  } finally {
    connection.close();
  }
}
