import { Pacer } from '../numeric/pacer';
import { compareAllPairs } from './compareAllPairs';
import { compareAcross, compareSampled } from './compareSampled';
import { groupEqualCodes, pairEqualOnes, pairGroups, type EqualCodes } from './equalCodes';
import { CODE_WORDS, codeWords } from './hammingDistance';
import { MOST_PARTNERS, PairCollector } from './pairCollector';

/** Distinct codes up to which all pairs are compared: a second or less, and exact. */
const COMPARE_ALL_UP_TO = 10_000;
/** What fits into a byte. Codes that differ in all 256 bits are no pair under any limit. */
const LARGEST_DISTANCE = 255;

/**
 * Pairs of `count` sign codes of 32 bytes that differ in at most `maxDistance` of their 256 bits. Exact up to 10,000
 * distinct codes; beyond, pairs at the largest distance are found with the chance .985, nearer ones more surely
 * (`compareSampled`). Memory is bounded: see `PairCollector` for what happens to groups of more than 65 images.
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
  const add = collector.add.bind(collector);
  pairEqualOnes(equal, add);
  await pacer.pause();

  const distinctWords = pickCodes(words, equal.distinct);
  const found = (a: number, b: number, distance: number): void => pairGroups(equal, a, b, distance, add);
  const size = equal.distinct.length;
  if (size <= COMPARE_ALL_UP_TO) await compareAllPairs(distinctWords, size, limit, found, pacer);
  else {
    const skip = (a: number, b: number): boolean => areFull(equal, a, collector) && areFull(equal, b, collector);
    await compareSampled(distinctWords, size, limit, found, pacer, skip);
  }
  await pacer.pause();
  const { pairs, distances } = collector.sorted();
  return { pairs, distances: Uint8Array.from(distances) };
}

/**
 * Pairs (i, j), i ≠ j, of a query i and a code j within the distance, flattened, with their distances: `queries` are the
 * codes of the same images, mirrored or turned. Of a query with more than 64 partners the first found are kept.
 */
export async function findAcross(
  queries: Uint8Array,
  signCodes: Uint8Array,
  count: number,
  maxDistance: number,
  signal: AbortSignal,
): Promise<{ pairs: Uint32Array; distances: Uint8Array }> {
  const partners = new Uint16Array(count);
  const pairs: number[] = [];
  const distances: number[] = [];
  const found = (query: number, code: number, distance: number): void => {
    if (partners[query]++ >= MOST_PARTNERS) return;
    pairs.push(query, code);
    distances.push(distance);
  };
  const limit = Math.min(maxDistance, LARGEST_DISTANCE);
  await compareAcross(codeWords(queries, count), codeWords(signCodes, count), count, limit, found, new Pacer(signal));
  return { pairs: Uint32Array.from(pairs), distances: Uint8Array.from(distances) };
}

/** Whether the images of a distinct code have all the partners that are noted. */
function areFull({ members, starts }: EqualCodes, code: number, collector: PairCollector): boolean {
  const end = Math.min(starts[code + 1], starts[code] + MOST_PARTNERS);
  for (let at = starts[code]; at < end; at++) if (!collector.isFull(members[at])) return false;
  return true;
}

function pickCodes(words: Uint32Array, images: Int32Array): Uint32Array {
  const picked = new Uint32Array(images.length * CODE_WORDS);
  images.forEach((image, i) =>
    picked.set(words.subarray(image * CODE_WORDS, (image + 1) * CODE_WORDS), i * CODE_WORDS),
  );
  return picked;
}
