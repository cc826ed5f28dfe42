import * as assert from 'node:assert/strict';
import { compareSampled } from '../../../src/worker/duplicates/compareSampled';
import { bitCount, codeWords, hammingDistance } from '../../../src/worker/duplicates/hammingDistance';
import { findAcross, findNearDuplicates } from '../../../src/worker/duplicates/nearDuplicates';
import { MOST_PARTNERS } from '../../../src/worker/duplicates/pairCollector';
import { Pacer } from '../../../src/worker/numeric/pacer';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { rejectsSoonWhenAborted } from './rejectsSoonWhenAborted';

const { signal } = new AbortController();

function randomCodes(count: number, seed: number): Uint8Array {
  const random = new SeededRandom(seed);
  return Uint8Array.from({ length: count * 32 }, () => random.below(256));
}

/** Copies code `from` to `to` and flips `bits` distinct bits of it. */
function plant(codes: Uint8Array, from: number, to: number, bits: number, seed: number): void {
  codes.copyWithin(to * 32, from * 32, (from + 1) * 32);
  for (const bit of new SeededRandom(seed).sample(256, bits)) codes[to * 32 + (bit >> 3)] ^= 1 << (bit & 7);
}

/** By definition, with nothing clever in it. */
function allPairs(codes: Uint8Array, count: number, limit: number): [number, number, number][] {
  const pairs: [number, number, number][] = [];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      let distance = 0;
      for (let k = 0; k < 32; k++) {
        distance += (codes[i * 32 + k] ^ codes[j * 32 + k]).toString(2).replaceAll('0', '').length;
      }
      if (distance <= limit) pairs.push([i, j, distance]);
    }
  }
  return pairs;
}

async function found(codes: Uint8Array, count: number, limit: number): Promise<[number, number, number][]> {
  const { pairs, distances } = await findNearDuplicates(codes, count, limit, signal);
  return Array.from(distances, (distance, k) => [pairs[2 * k], pairs[2 * k + 1], distance]);
}

describe('Hamming distance', () => {
  it('counts bits', () => {
    assert.deepEqual([0, 1, 0xff, 0x80000000 | 0, -1].map(bitCount), [0, 1, 8, 1, 32]);
    const words = codeWords(new Uint8Array(64).fill(0).fill(255, 32), 2);
    assert.equal(hammingDistance(words, 0, 1, 256), 256);
    assert.equal(hammingDistance(words, 1, 1, 0), 0);
    assert.ok(hammingDistance(words, 0, 1, 10) > 10);
  });
});

describe('near duplicates', function () {
  this.timeout(30_000);

  it('finds every pair within the distance, and no other, in order', async () => {
    const codes = randomCodes(300, 1);
    plant(codes, 5, 200, 64, 2);
    plant(codes, 5, 100, 65, 3);
    plant(codes, 7, 8, 0, 4);
    plant(codes, 7, 250, 12, 5);
    const expected = allPairs(codes, 300, 64);
    assert.deepEqual(
      expected.map(([i, j]) => [i, j]),
      [
        [5, 200],
        [7, 8],
        [7, 250],
        [8, 250],
      ],
    );
    assert.deepEqual(await found(codes, 300, 64), expected);
    assert.deepEqual(await found(codes, 300, 110), allPairs(codes, 300, 110));
  });

  it('takes no codes, one, and codes that begin at an odd byte', async () => {
    assert.deepEqual(await found(new Uint8Array(0), 0, 64), []);
    assert.deepEqual(await found(randomCodes(1, 1), 1, 64), []);
    const codes = randomCodes(40, 6);
    plant(codes, 3, 4, 9, 7);
    const shifted = new Uint8Array(codes.length + 1);
    shifted.set(codes, 1);
    assert.deepEqual(await found(shifted.subarray(1), 40, 64), [[3, 4, 9]]);
  });

  it('stays bounded, and connected, when thousands are the same', async () => {
    const count = 20_000;
    const codes = new Uint8Array(count * 32);
    const pairs = await found(codes, count, 64);
    assert.ok(pairs.length <= MOST_PARTNERS * count);
    const reached = new Set([0, ...pairs.filter(([i]) => i === 0).map(([, j]) => j)]);
    assert.equal(reached.size, count);
  });

  it('notes all pairs of a group of 65', async () => {
    const codes = randomCodes(65, 8);
    for (let i = 1; i < 65; i++) plant(codes, 0, i, i % 3, i);
    assert.equal((await found(codes, 65, 64)).length, (65 * 64) / 2);
  });

  it('finds by sampled bits each pair once: all up to three quarters of the distance, nearly all at it', async () => {
    const count = 4000;
    const codes = randomCodes(count, 9);
    for (let i = 0; i < 1000; i++) plant(codes, i, 1000 + i, i % 49, i);
    for (let i = 0; i < 1000; i++) plant(codes, 2000 + i, 3000 + i, 64, i);
    const pairs: [number, number][] = [];
    await compareSampled(codeWords(codes, count), count, 64, (a, b) => pairs.push([a, b]), new Pacer(signal));
    assert.equal(new Set(pairs.map(String)).size, pairs.length);
    assert.ok(pairs.every(([a, b]) => b - a === 1000));
    assert.equal(pairs.filter(([a]) => a < 1000).length, 1000);
    const far = pairs.filter(([a]) => a >= 2000).length;
    assert.ok(far >= 970, `${far} of 1000 pairs at the distance of 64`);
  });

  it('finds queries among codes, whatever the codes have in common with each other', async () => {
    const count = 500;
    const codes = randomCodes(count, 12);
    plant(codes, 3, 4, 5, 1);
    const queries = randomCodes(count, 13);
    queries.set(codes.subarray(7 * 32, 8 * 32), 9 * 32);
    queries.set(codes.subarray(20 * 32, 21 * 32), 20 * 32); // an image that looks the same mirrored is no copy of itself
    queries[9 * 32] ^= 3;
    const { pairs, distances } = await findAcross(queries, codes, count, 64, signal);
    assert.deepEqual([[...pairs], [...distances]], [[9, 7], [2]]);
  });

  it('can be cancelled', async () => {
    const codes = randomCodes(10_000, 10);
    await rejectsSoonWhenAborted((aborted) => findNearDuplicates(codes, 10_000, 64, aborted), 60);
    const many = randomCodes(60_000, 11);
    await rejectsSoonWhenAborted((aborted) => findNearDuplicates(many, 60_000, 64, aborted), 60);
  });
});
