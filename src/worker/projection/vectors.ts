import type { MapMetric } from '../../protocol/mapSettings';
import { squaredDistance } from './points';
import type { StageHooks } from './stageHooks';
import { breathe } from './stageHooks';

/** Row-major vectors that can be read more than once, so that no stage has to hold them for the next. */
export interface VectorSource {
  readonly count: number;
  /** Numbers of one vector. */
  readonly length: number;
  readonly read: () => Promise<Float32Array>;
}

/** Vectors and how their distance is measured. */
export interface MeasuredVectors {
  readonly vectors: Float32Array;
  readonly length: number;
  /**
   * Under the cosine what each row has to be multiplied by to have length 1 (0 for the zero vector); null where rows
   * are taken as they are, for the Euclidean distance.
   */
  readonly factors: Float32Array | null;
}

/** Rows that are handled between two looks at the clock. */
const ROWS_PER_LOOK = 64;

export async function measureVectors(
  { count, length, read }: VectorSource,
  metric: MapMetric,
  hooks: StageHooks,
): Promise<MeasuredVectors> {
  const vectors = await read();
  if (metric === 'euclidean') return { vectors, length, factors: null };
  const factors = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let square = 0;
    for (let j = i * length; j < (i + 1) * length; j++) square += vectors[j] * vectors[j];
    factors[i] = square > 0 ? 1 / Math.sqrt(square) : 0;
    if (i % ROWS_PER_LOOK === 0) await breathe(hooks, () => 0);
  }
  return { vectors, length, factors };
}

/** 1 − cosine (0 to 2), or the Euclidean distance, of two rows. */
export function distanceBetween({ vectors, length, factors }: MeasuredVectors, a: number, b: number): number {
  return factors
    ? Math.max(0, 1 - innerProduct(vectors, length, a, b) * factors[a] * factors[b])
    : Math.sqrt(squaredDistance({ coordinates: vectors, dimensions: length }, a, b));
}

/** Four sums side by side: a single one would wait for itself at every step. */
function innerProduct(vectors: Float32Array, length: number, a: number, b: number): number {
  const p = a * length;
  const q = b * length;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 0;
  for (; j + 3 < length; j += 4) {
    s0 += vectors[p + j] * vectors[q + j];
    s1 += vectors[p + j + 1] * vectors[q + j + 1];
    s2 += vectors[p + j + 2] * vectors[q + j + 2];
    s3 += vectors[p + j + 3] * vectors[q + j + 3];
  }
  for (; j < length; j++) s0 += vectors[p + j] * vectors[q + j];
  return s0 + s1 + (s2 + s3);
}
