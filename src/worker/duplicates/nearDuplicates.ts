import { Pacer } from '../numeric/pacer';
import { compareAllPairs } from './compareAllPairs';
import { comparePiecewise } from './comparePiecewise';
import type { EqualCodes } from './equalCodes';
import { groupEqualCodes } from './equalCodes';
import { CODE_WORDS, codeWords } from './hammingDistance';
import { MOST_PARTNERS, PairCollector } from './pairCollector';

/** Distinct codes up to which all pairs are compared: about 2 s, and exact. */
const COMPARE_ALL_UP_TO = 30_000;
/** Distinct codes up to which pieces may differ in two bits; beyond, in one. */
const WIDE_PIECES_UP_TO = 300_000;
/** What fits into a byte. Codes that differ in all 256 bits are no pair under any limit. */
const LARGEST_DISTANCE = 255;

/**
 * Pairs of `count` sign codes of 32 bytes that differ in at most `maxDistance` of their 256 bits. Exact up to 30,000
 * distinct codes; beyond, exact below distance 48 and with a recall of about .97 at 64 (`comparePiecewise`), and above
 * 300,000 exact below 32. Memory is bounded: see `PairCollector` for what happens to groups of more than 65 images.
 *
 * @returns pairs (i, j), i < j, flattened and sorted, with their distances.
 * @throws the signal's reason when aborted.
 */
export async function findNearDuplicates(
  signCodes: Uint8Array,
  count: number,
  maxDistance: number,
  signal: AbortSignal,
): Promise<{ pairs: Uint32Array; distances: Uint8Array }> {
  const pacer = new Pacer(signal);
  const limit = Math.min(maxDistance, LARGEST_DISTANCE);
  const words = codeWords(signCodes, count);
  const equal = groupEqualCodes(words, count);
  await pacer.pause();
  const collector = new PairCollector(count);
  pairEqualOnes(equal, collector);
  await pacer.pause();

  const distinctWords = pickCodes(words, equal.distinct);
  const found = (a: number, b: number, distance: number): void => pairGroups(equal, a, b, distance, collector);
  const size = equal.distinct.length;
  if (size <= COMPARE_ALL_UP_TO) await compareAllPairs(distinctWords, size, limit, found, pacer);
  else await comparePiecewise(distinctWords, size, limit, size <= WIDE_PIECES_UP_TO ? 2 : 1, found, pacer);
  await pacer.pause();
  return collector.sorted();
}

function pickCodes(words: Uint32Array, images: Int32Array): Uint32Array {
  const picked = new Uint32Array(images.length * CODE_WORDS);
  images.forEach((image, i) =>
    picked.set(words.subarray(image * CODE_WORDS, (image + 1) * CODE_WORDS), i * CODE_WORDS),
  );
  return picked;
}

/** All pairs within a group of equal codes, as long as there is room; its first image is paired with all others. */
function pairEqualOnes({ members, starts }: EqualCodes, collector: PairCollector): void {
  for (let group = 0; group + 1 < starts.length; group++) {
    const end = starts[group + 1];
    for (let i = starts[group]; i < end; i++) {
      const room = i === starts[group] ? end : Math.min(end, starts[group] + MOST_PARTNERS + 1);
      for (let j = i + 1; j < room; j++) collector.add(members[i], members[j], 0);
    }
  }
}

/** Pairs the images of two distinct codes with each other, as long as there is room. */
function pairGroups(
  { members, starts }: EqualCodes,
  a: number,
  b: number,
  distance: number,
  collector: PairCollector,
): void {
  const endA = Math.min(starts[a + 1], starts[a] + MOST_PARTNERS);
  const endB = Math.min(starts[b + 1], starts[b] + MOST_PARTNERS);
  for (let i = starts[a]; i < endA; i++) {
    for (let j = starts[b]; j < endB; j++) collector.add(members[i], members[j], distance);
  }
}
