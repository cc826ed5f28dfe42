import { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { DESCRIPTOR_LENGTH } from '../../../src/protocol/workerApi';

export interface Blobs {
  vectors: Float32Array;
  /** Which blob each vector belongs to. */
  labels: Int32Array;
}

/** Normally distributed clouds around random centers, taking turns. */
export function blobs(count: number, length: number, kinds: number, seed: number, width = 0.5): Blobs {
  const random = new SeededRandom(seed);
  const centers = Float32Array.from({ length: kinds * length }, () => random.normal());
  const labels = Int32Array.from({ length: count }, (_, i) => i % kinds);
  const vectors = new Float32Array(count * length);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < length; j++) {
      vectors[i * length + j] = centers[labels[i] * length + j] + width * random.normal();
    }
  }
  return { vectors, labels };
}

/** Descriptors of unrelated pictures: each a mixture of 150 patterns, and some noise of its own. */
export function descriptors(count: number, seed: number): Float32Array {
  const random = new SeededRandom(seed);
  const patterns = Array.from({ length: 150 }, () => Array.from({ length: DESCRIPTOR_LENGTH }, () => random.normal()));
  const rows = new Float32Array(count * DESCRIPTOR_LENGTH);
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * DESCRIPTOR_LENGTH, (i + 1) * DESCRIPTOR_LENGTH);
    for (const pattern of patterns) {
      const share = random.normal() / 10;
      pattern.forEach((value, j) => (row[j] += share * value));
    }
    row.forEach((value, j) => (row[j] = 1 + value + 0.1 * random.normal()));
  }
  return rows;
}

/** The descriptors with a little noise on each number: the same pictures, saved again. */
export function savedAgain(rows: Float32Array, seed: number, noise = 0.1): Float32Array {
  const random = new SeededRandom(seed);
  return rows.map((value) => value + noise * random.normal());
}

export function concatenate(...parts: Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
