import * as assert from 'node:assert/strict';
import { findAlikeVectors } from '../../../src/worker/duplicates/alikeVectors';
import { MOST_PARTNERS } from '../../../src/worker/duplicates/pairCollector';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { rejectsSoonWhenAborted } from './rejectsSoonWhenAborted';
import { blobs } from './syntheticData';

const LENGTH = 96;
/** A vector whose partners are counted may get those of one more list. */
const NEIGHBORS_AT_ONCE = 24;
const hooks = { signal: new AbortController().signal, progress: () => undefined };

async function found(vectors: Float32Array, least: number): Promise<Map<string, number>> {
  const count = vectors.length / LENGTH;
  const source = { count, length: LENGTH, read: () => Promise.resolve(vectors) };
  const { pairs, cosines } = await findAlikeVectors(source, least, hooks);
  return new Map(Array.from(cosines, (cosine, pair) => [`${pairs[2 * pair]} ${pairs[2 * pair + 1]}`, cosine]));
}

/** By definition, with nothing clever in it. */
function allPairs(vectors: Float32Array, least: number): Map<string, number> {
  const count = vectors.length / LENGTH;
  const pairs = new Map<string, number>();
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let k = 0; k < LENGTH; k++) sum += vectors[a * LENGTH + k] * vectors[b * LENGTH + k];
    return sum;
  };
  const norms = Float64Array.from({ length: count }, (_, i) => Math.sqrt(dot(i, i)));
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const cosine = dot(a, b) / (norms[a] * norms[b]);
      if (cosine >= least) pairs.set(`${a} ${b}`, cosine);
    }
  }
  return pairs;
}

/** Puts what is nearly vector `from` to `to`. */
function plant(vectors: Float32Array, from: number, to: number, noise: number, random: SeededRandom): void {
  for (let k = 0; k < LENGTH; k++) {
    vectors[to * LENGTH + k] = 3 * (vectors[from * LENGTH + k] + noise * random.normal());
  }
}

describe('alike vectors', function () {
  this.timeout(60_000);

  it('are all pairs whose cosine is high enough, whatever the length of the vectors', async () => {
    const { vectors } = blobs(400, LENGTH, 12, 1, 0.35);
    const expected = allPairs(vectors, 0.9);
    assert.ok(expected.size > 100);
    const pairs = await found(vectors, 0.9);
    assert.deepEqual([...pairs.keys()].sort(), [...expected.keys()].sort());
    for (const [pair, cosine] of pairs) assert.ok(Math.abs(cosine - expected.get(pair)!) < 1e-5);
  });

  it('are found among many as well, without all being compared', async () => {
    const count = 4000;
    const { vectors } = blobs(count, LENGTH, 300, 2, 0.6);
    const random = new SeededRandom(3);
    for (let i = 0; i < 1000; i++) plant(vectors, 4 * (i >> 1), 4 * (i >> 1) + 1 + (i & 1), 0.25, random);
    const expected = allPairs(vectors, 0.95);
    assert.ok(expected.size > 800);
    const pairs = await found(vectors, 0.95);
    for (const pair of pairs.keys()) assert.ok(expected.has(pair));
    assert.ok(pairs.size >= 0.99 * expected.size, `${pairs.size} of ${expected.size}`);
  });

  it('of a large group are bounded, and hang together by its first vector', async () => {
    const count = 4000;
    const group = 1000;
    const { vectors } = blobs(count, LENGTH, count, 4, 0);
    const random = new SeededRandom(5);
    for (let i = 1; i < group; i++) plant(vectors, 0, i, 0.02, random);
    const pairs = [...(await found(vectors, 0.98)).keys()].map((pair) => pair.split(' ').map(Number));
    const partners = pairs.filter(([a]) => a === 0).length;
    assert.ok(partners >= 0.99 * (group - 1), `${partners} partners`);
    assert.ok(pairs.length <= count * (MOST_PARTNERS + NEIGHBORS_AT_ONCE), `${pairs.length} pairs`);
    assert.ok(pairs.every(([, b]) => b < group));
  });

  it('are none among none, one and zeros', async () => {
    assert.equal((await found(new Float32Array(), 0.9)).size, 0);
    assert.equal((await found(new Float32Array(LENGTH).fill(1), 0.9)).size, 0);
    assert.equal((await found(new Float32Array(5 * LENGTH), 0.9)).size, 0);
  });

  it('are no longer looked for once aborted', async () => {
    const { vectors } = blobs(20_000, LENGTH, 40, 6);
    const source = { count: 20_000, length: LENGTH, read: () => Promise.resolve(vectors) };
    await rejectsSoonWhenAborted((signal) => findAlikeVectors(source, 0.95, { ...hooks, signal }), 200);
  });
});
