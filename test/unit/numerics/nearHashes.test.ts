import * as assert from 'node:assert/strict';
import { MOST_PARTNERS } from '../../../src/worker/duplicates/pairCollector';
import { findNearHashes } from '../../../src/worker/duplicates/nearHashes';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';

const { signal } = new AbortController();
const LIMITS = { maxDistance: 5, minCodeDistance: 0, maxCodeDistance: 96 };
const CODE_BYTES = 32;

function randomHashes(count: number, seed: number): Uint32Array {
  const random = new SeededRandom(seed);
  return Uint32Array.from({ length: 2 * count }, () => random.uint32());
}

/** Makes hash `to` hash `from` with so many other bits. */
function plant(hashes: Uint32Array, from: number, to: number, bits: number, random: SeededRandom): void {
  hashes.copyWithin(2 * to, 2 * from, 2 * from + 2);
  for (const bit of random.sample(64, bits)) hashes[2 * to + (bit >> 5)] ^= 1 << (bit & 31);
}

function ones(word: number): number {
  let count = 0;
  for (let bit = 0; bit < 32; bit++) count += (word >>> bit) & 1;
  return count;
}

/** By definition, with nothing clever in it. */
function allPairs(hashes: Uint32Array, limit: number): string[] {
  const pairs: string[] = [];
  for (let a = 0; a < hashes.length / 2; a++) {
    for (let b = a + 1; b < hashes.length / 2; b++) {
      const distance = ones(hashes[2 * a] ^ hashes[2 * b]) + ones(hashes[2 * a + 1] ^ hashes[2 * b + 1]);
      if (distance <= limit) pairs.push(`${a} ${b} ${distance}`);
    }
  }
  return pairs;
}

async function found(hashes: Uint32Array, signCodes: Uint8Array, limits = LIMITS): Promise<string[]> {
  const { pairs, distances } = await findNearHashes(hashes, signCodes, hashes.length / 2, limits, signal);
  return Array.from(distances, (distance, pair) => `${pairs[2 * pair]} ${pairs[2 * pair + 1]} ${distance}`);
}

describe('near perceptual hashes', function () {
  this.timeout(30_000);

  it('are all pairs within the distance, each once, in order', async () => {
    const hashes = randomHashes(700, 1);
    const random = new SeededRandom(2);
    for (let i = 0; i < 200; i++) plant(hashes, i, 300 + 2 * i, i % 9, random);
    for (const maxDistance of [0, 3, 5, 7]) {
      const expected = allPairs(hashes, maxDistance);
      assert.ok(expected.length >= 20 * (maxDistance + 1));
      assert.deepEqual(await found(hashes, new Uint8Array(700 * CODE_BYTES), { ...LIMITS, maxDistance }), expected);
    }
  });

  it('count only where the sign codes are not far apart', async () => {
    const hashes = randomHashes(1, 3);
    const three = Uint32Array.from([...hashes, ...hashes, ...hashes]);
    const codes = new Uint8Array(3 * CODE_BYTES);
    codes.fill(255, CODE_BYTES, CODE_BYTES + 12); // 96 bits
    codes.fill(255, 2 * CODE_BYTES, 3 * CODE_BYTES);
    assert.deepEqual(await found(three, codes), ['0 1 0']);
    assert.deepEqual(await found(three, codes, { ...LIMITS, minCodeDistance: 97 }), []);
  });

  it('of a folder of equal pictures are bounded', async () => {
    const count = 3000;
    const hashes = new Uint32Array(2 * count).fill(0x1234567);
    const pairs = await found(hashes, new Uint8Array(count * CODE_BYTES));
    assert.ok(pairs.length >= count - 1 && pairs.length <= count * (MOST_PARTNERS + 1), `${pairs.length}`);
    assert.ok(pairs.filter((pair) => pair.startsWith('0 ')).length === count - 1);
  });

  it('are none among none', async () => {
    assert.deepEqual(await found(new Uint32Array(), new Uint8Array()), []);
  });
});
