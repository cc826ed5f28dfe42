import { Pacer } from '../numeric/pacer';
import { groupEqualCodes, pairEqualOnes, pairGroups } from './equalCodes';
import { bitCount, codeWords, hammingDistance } from './hammingDistance';
import { PairCollector } from './pairCollector';

/** 32-bit words of a perceptual hash. */
export const HASH_WORDS = 2;
/** Parts of a hash: two that differ in at most 7 bits differ in at most one of those of some part. */
const PARTS = 4;
const PART_BITS = 16;
/** Up to here no pair is overlooked. */
const MOST_DISTANCE = 2 * PARTS - 1;
/** Hashes that are looked up between two looks at the clock. */
const HASHES_PER_LOOK = 1024;

/** Which two images are alike. */
export interface HashLimits {
  /** Bits in which their 64-bit hashes may differ, 0 to 7. */
  readonly maxDistance: number;
  /** Bits in which their 256-bit sign codes must differ: nearer ones need no hash. */
  readonly minCodeDistance: number;
  /** Bits in which these may differ: hashes alone take one sunset for another. */
  readonly maxCodeDistance: number;
}

/**
 * Pairs of images whose perceptual hashes and sign codes are within these distances, by multi-index hashing (M. Norouzi,
 * A. Punjani, D. J. Fleet, "Fast Search in Hamming Space with Multi-Index Hashing", 2012): hashes are sorted by each of
 * their parts, and those are compared of which a part differs in one bit at most. Exact, but for groups of more than 65
 * images (`PairCollector`).
 *
 * @param hashes two words each
 * @param signCodes 32 bytes each, of the same images
 * @returns pairs (i, j), i < j, flattened and sorted, with the distances of their hashes
 * @throws the signal's reason when aborted
 */
export async function findNearHashes(
  hashes: Uint32Array,
  signCodes: Uint8Array,
  count: number,
  { maxDistance, minCodeDistance, maxCodeDistance }: HashLimits,
  signal: AbortSignal,
): Promise<{ pairs: Uint32Array; distances: Uint8Array }> {
  const pacer = new Pacer(signal);
  const limit = Math.min(maxDistance, MOST_DISTANCE);
  const codes = codeWords(signCodes, count);
  const collector = new PairCollector(count);
  const add = (a: number, b: number, distance: number): void => {
    const apart = hammingDistance(codes, a, b, maxCodeDistance);
    if (apart >= minCodeDistance && apart <= maxCodeDistance) collector.add(a, b, distance);
  };
  const equal = groupEqualCodes(hashes, count, HASH_WORDS);
  pairEqualOnes(equal, add);
  await pacer.pause();
  const distinct = new Uint32Array(equal.distinct.length * HASH_WORDS);
  equal.distinct.forEach((image, i) => distinct.set(hashes.subarray(2 * image, 2 * image + 2), 2 * i));
  for (let part = 0; part < PARTS; part++) {
    const index = new PartIndex(distinct, part);
    for (let a = 0; a < equal.distinct.length; a++) {
      index.lookUp(a, limit, (b, distance) => pairGroups(equal, b, a, distance, add));
      if (a % HASHES_PER_LOOK === 0 && pacer.due()) await pacer.pause();
    }
  }
  const { pairs, distances } = collector.sorted();
  return { pairs, distances: Uint8Array.from(distances) };
}

/** Hashes by one of their parts. */
class PartIndex {
  private readonly starts = new Int32Array(2 ** PART_BITS + 1);
  private readonly order: Int32Array;

  constructor(
    private readonly hashes: Uint32Array,
    private readonly part: number,
  ) {
    const count = hashes.length / HASH_WORDS;
    this.order = new Int32Array(count);
    for (let i = 0; i < count; i++) this.starts[partOf(hashes, i, part) + 1]++;
    for (let key = 1; key < this.starts.length; key++) this.starts[key] += this.starts[key - 1];
    const next = this.starts.slice(0, -1);
    for (let i = 0; i < count; i++) this.order[next[partOf(hashes, i, part)]++] = i;
  }

  /** Tells of each earlier hash within the distance that no part before this one has led to. */
  lookUp(hash: number, limit: number, found: (other: number, distance: number) => void): void {
    const own = partOf(this.hashes, hash, this.part);
    this.lookAt(own, hash, limit, found);
    for (let bit = 0; bit < PART_BITS; bit++) this.lookAt(own ^ (1 << bit), hash, limit, found);
  }

  private lookAt(key: number, hash: number, limit: number, found: (other: number, distance: number) => void): void {
    const { hashes, order, starts } = this;
    for (let at = starts[key]; at < starts[key + 1] && order[at] < hash; at++) {
      const other = order[at];
      const distance =
        bitCount(hashes[2 * hash] ^ hashes[2 * other]) + bitCount(hashes[2 * hash + 1] ^ hashes[2 * other + 1]);
      if (distance <= limit && !this.metBefore(hash, other)) found(other, distance);
    }
  }

  private metBefore(a: number, b: number): boolean {
    for (let part = 0; part < this.part; part++) {
      if (bitCount(partOf(this.hashes, a, part) ^ partOf(this.hashes, b, part)) <= 1) return true;
    }
    return false;
  }
}

function partOf(hashes: Uint32Array, hash: number, part: number): number {
  return (hashes[HASH_WORDS * hash + (part >> 1)] >>> (PART_BITS * (part & 1))) & 0xffff;
}
