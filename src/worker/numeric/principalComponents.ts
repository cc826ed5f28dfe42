import type { Pacer } from './pacer';
import { SeededRandom } from './seededRandom';
import { symmetricEigen } from './symmetricEigen';

export interface PrincipalComponents {
  /** How many components there are: at most what was asked for and at most the rank of the data, possibly 0. */
  rank: number;
  /** rank × length, row-major, orthonormal rows; the direction of largest variance first. */
  components: Float32Array;
  /** Standard deviation of the data along each component. */
  deviations: Float64Array;
}

/** Variance below this share of the largest one is rounding error of float32 data, not a direction. */
const NEGLIGIBLE_VARIANCE = 1e-9;
/** Rows that are added to the covariance in one pass over it. */
const BLOCK = 8;

/**
 * The rows `chosen` of a row-major matrix, centered at their mean.
 * @param factors what each row of the matrix is multiplied by first, or null.
 */
export function centeredRows(
  rows: Float32Array,
  length: number,
  chosen: Int32Array,
  factors: Float32Array | null = null,
): { mean: Float64Array; centered: Float32Array } {
  const mean = new Float64Array(length);
  const centered = new Float32Array(chosen.length * length);
  chosen.forEach((row, i) => {
    const factor = factors ? factors[row] : 1;
    for (let j = 0; j < length; j++) {
      centered[i * length + j] = rows[row * length + j] * factor;
      mean[j] += centered[i * length + j] / chosen.length;
    }
  });
  for (let at = 0; at < centered.length; at += length) {
    for (let j = 0; j < length; j++) centered[at + j] -= mean[j];
  }
  return { mean, centered };
}

/** All rows, or a seeded sample of them where there are more than `most`. Ascending. */
export function chooseRows(count: number, most: number, seed: number): Int32Array {
  return new SeededRandom(seed).sample(count, most);
}

/**
 * Exact principal components of centered rows: from the covariance where there are more rows than columns, else from
 * the Gram matrix of the rows, which has the same spectrum.
 */
export async function principalComponents(
  centered: Float32Array,
  count: number,
  length: number,
  most: number,
  pacer: Pacer,
): Promise<PrincipalComponents> {
  if (count === 0) return { rank: 0, components: new Float32Array(0), deviations: new Float64Array(0) };
  const byColumns = length <= count;
  const matrix = byColumns
    ? await covariance(centered, count, length, pacer)
    : await gram(centered, count, length, pacer);
  const size = byColumns ? length : count;
  const { values, vectors } = await symmetricEigen(matrix, size, pacer);

  const possible = Math.min(most, length, Math.max(0, count - 1));
  let rank = 0;
  while (rank < possible && values[rank] > 0 && values[rank] > values[0] * NEGLIGIBLE_VARIANCE) rank++;
  const deviations = Float64Array.from(values.subarray(0, rank), (value) => Math.sqrt(value / count));
  const components = new Float32Array(rank * length);
  for (let i = 0; i < rank; i++) {
    const vector = vectors.subarray(i * size, i * size + size);
    if (byColumns) components.set(vector, i * length);
    else components.set(combineRows(centered, length, vector), i * length);
    if (pacer.due()) await pacer.pause();
  }
  return { rank, components, deviations };
}

/** Σ rows ⊗ rows. Eight rows at a time, so that the matrix is read and written an eighth as often. */
async function covariance(rows: Float32Array, count: number, length: number, pacer: Pacer): Promise<Float64Array> {
  const sum = new Float64Array(length * length);
  const block = new Float64Array(BLOCK * length);
  for (let start = 0; start < count; start += BLOCK) {
    const size = Math.min(BLOCK, count - start);
    block.fill(0);
    for (let i = 0; i < size * length; i++) block[i] = rows[start * length + i];
    addOuterProducts(sum, block, length);
    if (pacer.due()) await pacer.pause();
  }
  mirrorUpperTriangle(sum, length);
  return sum;
}

function addOuterProducts(sum: Float64Array, block: Float64Array, n: number): void {
  const [r1, r2, r3, r4, r5, r6, r7] = [n, 2 * n, 3 * n, 4 * n, 5 * n, 6 * n, 7 * n];
  for (let a = 0; a < n; a++) {
    const v0 = block[a];
    const v1 = block[r1 + a];
    const v2 = block[r2 + a];
    const v3 = block[r3 + a];
    const v4 = block[r4 + a];
    const v5 = block[r5 + a];
    const v6 = block[r6 + a];
    const v7 = block[r7 + a];
    const at = a * n;
    for (let b = a; b < n; b++) {
      sum[at + b] +=
        v0 * block[b] +
        v1 * block[r1 + b] +
        v2 * block[r2 + b] +
        v3 * block[r3 + b] +
        (v4 * block[r4 + b] + v5 * block[r5 + b] + v6 * block[r6 + b] + v7 * block[r7 + b]);
    }
  }
}

/** Inner products of all rows with each other. */
async function gram(rows: Float32Array, count: number, length: number, pacer: Pacer): Promise<Float64Array> {
  const products = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = i; j < count; j++) {
      let sum = 0;
      for (let k = 0, a = i * length, b = j * length; k < length; k++) sum += rows[a + k] * rows[b + k];
      products[i * count + j] = sum;
    }
    if (pacer.due()) await pacer.pause();
  }
  mirrorUpperTriangle(products, count);
  return products;
}

function mirrorUpperTriangle(matrix: Float64Array, n: number): void {
  for (let a = 1; a < n; a++) for (let b = 0; b < a; b++) matrix[a * n + b] = matrix[b * n + a];
}

/** The unit vector along Σ weight[i] · row i. Its sign follows the same rule as that of the eigenvectors. */
function combineRows(rows: Float32Array, length: number, weights: Float64Array): Float64Array {
  const sum = new Float64Array(length);
  weights.forEach((weight, i) => {
    for (let j = 0, at = i * length; j < length; j++) sum[j] += weight * rows[at + j];
  });
  let square = 0;
  let largest = 0;
  for (const entry of sum) {
    square += entry * entry;
    if (Math.abs(entry) > Math.abs(largest)) largest = entry;
  }
  const factor = (largest < 0 ? -1 : 1) / Math.sqrt(square);
  return sum.map((entry) => entry * factor);
}
