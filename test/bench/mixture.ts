import { SeededRandom } from '../../src/worker/numeric/seededRandom';

const KINDS = 40;
/** How wide a kind is, against how far kinds lie from each other. */
const WIDTH = 0.7;
const NOISE = 0.05;

/**
 * Unit vectors like those of images, row-major: kinds whose deviation falls slowly from axis to axis (as 1 / √axis), and
 * some noise on every axis. Seeded, and the same for the first rows of a larger set.
 */
export function* mixture(count: number, length: number, rows: number): Generator<Float32Array> {
  const random = new SeededRandom(5);
  const deviation = Float32Array.from({ length }, (_, axis) => 1 / Math.sqrt(1 + axis));
  const centers = Float32Array.from({ length: KINDS * length }, (_, i) => random.normal() * deviation[i % length]);
  const normal = normals(random);
  for (let from = 0; from < count; from += rows) {
    const size = Math.min(rows, count - from);
    const block = new Float32Array(size * length);
    for (let row = 0; row < size; row++) {
      const kind = random.below(KINDS);
      let square = 0;
      for (let axis = 0; axis < length; axis++) {
        const value = centers[kind * length + axis] + WIDTH * deviation[axis] * normal() + NOISE * normal();
        block[row * length + axis] = value;
        square += value * value;
      }
      const factor = 1 / Math.sqrt(square);
      for (let axis = 0; axis < length; axis++) block[row * length + axis] *= factor;
    }
    yield block;
  }
}

/** Draws from a large table at random: a million vectors would take minutes of logarithms. */
function normals(random: SeededRandom): () => number {
  const table = Float32Array.from({ length: 1 << 16 }, () => random.normal());
  return () => table[random.uint32() >>> 16];
}
