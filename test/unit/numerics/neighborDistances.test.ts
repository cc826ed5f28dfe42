import * as assert from 'node:assert/strict';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { neighborDistances } from '../../../src/worker/projection/neighborDistances';

const { signal } = new AbortController();
const hooks = { signal, progress: () => undefined };

function unitVectors(count: number, length: number, seed: number): Float32Array {
  const random = new SeededRandom(seed);
  const vectors = Float32Array.from({ length: count * length }, () => random.uniform() - 0.5);
  for (let i = 0; i < count; i++) {
    const row = vectors.subarray(i * length, (i + 1) * length);
    const norm = Math.hypot(...row);
    row.forEach((value, j) => (row[j] = value / norm));
  }
  return vectors;
}

/** By definition. */
function bruteForce(vectors: Float32Array, count: number, length: number, neighbors: number, wanted = count): number[] {
  return Array.from({ length: wanted }, (_, i) => {
    const distances = Array.from({ length: count }, (_unused, j) => {
      let dot = 0;
      for (let k = 0; k < length; k++) dot += vectors[i * length + k] * vectors[j * length + k];
      return 1 - dot;
    });
    const others = distances.filter((_distance, j) => j !== i).sort((a, b) => a - b);
    return others.slice(0, neighbors).reduce((sum, distance) => sum + distance, 0) / Math.min(neighbors, count - 1);
  });
}

describe('distances to the nearest neighbors', function () {
  this.timeout(60_000);

  it('are those of all pairs', async () => {
    const vectors = unitVectors(400, 24, 1);
    vectors.copyWithin(0, 24, 48); // a twin
    const found = await neighborDistances(vectors, 400, 5, hooks);
    const expected = bruteForce(vectors, 400, 24, 5);
    found.forEach((distance, i) => assert.ok(Math.abs(distance - expected[i]) < 1e-5, `${distance}, ${expected[i]}`));
  });

  it('are nearly those of all pairs among many', async () => {
    const vectors = unitVectors(4000, 12, 2);
    const found = await neighborDistances(vectors, 4000, 5, hooks);
    const expected = bruteForce(vectors, 4000, 12, 5, 400);
    const off = expected.filter((distance, i) => found[i] > distance * 1.05 + 1e-6).length;
    assert.ok(off < 8, `${off} of 400 are off by more than a twentieth`);
  });

  it('take none, one and fewer vectors than neighbors', async () => {
    assert.deepEqual([...(await neighborDistances(new Float32Array(), 0, 5, hooks))], []);
    assert.deepEqual([...(await neighborDistances(Float32Array.of(1, 0), 1, 5, hooks))], [0]);
    const three = Float32Array.of(1, 0, 0, 1, -1, 0);
    assert.deepEqual([...(await neighborDistances(three, 3, 5, hooks))], [1.5, 1, 1.5]);
  });
});
