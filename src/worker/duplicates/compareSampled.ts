import type { Pacer } from '../numeric/pacer';
import { SeededRandom } from '../numeric/seededRandom';
import { hammingBetween } from './hammingDistance';
import { agrees, Buckets, sampleBits, sampledKeys, type SampledBits } from './sampledBits';

const SEED = 42;
/** Codes whose buckets are gone through between two looks at the clock. */
const CODES_PER_CHECK = 4096;

/** Told of a pair within the distance, once. */
export type Found = (a: number, b: number, distance: number) => void;

/**
 * Search by bit sampling (P. Indyk, R. Motwani, "Approximate Nearest Neighbors: Towards Removing the Curse of
 * Dimensionality", 1998): codes are sorted by a few random bits, again and again, and only those in one bucket are
 * compared. A pair at `maxDistance` is found with the chance .985, one at three quarters of it with .9999. Seeded.
 * `found` gets a < b. `skip` says of a pair that it need not be looked at.
 */
export async function compareSampled(
  words: Uint32Array,
  count: number,
  maxDistance: number,
  found: Found,
  pacer: Pacer,
  skip: (a: number, b: number) => boolean = () => false,
): Promise<void> {
  const looks = sampleBits(count, maxDistance, new SeededRandom(SEED));
  const keys = new Int32Array(count);
  const buckets = new Buckets(count, looks[0].places.length);
  const { order } = buckets;
  for (const [look, sampled] of looks.entries()) {
    sampledKeys(words, count, sampled, keys);
    buckets.fill(keys);
    for (let at = 0; at < count; at++) {
      const a = order[at];
      for (let other = at + 1; other < count && keys[order[other]] === keys[a]; other++) {
        const b = order[other];
        const distance = hammingBetween(words, a, words, b, maxDistance);
        if (distance > maxDistance || skip(a, b)) continue;
        if (!metBefore(looks, look, words, a, words, b)) found(a, b, distance);
      }
      if (at % CODES_PER_CHECK === 0 && pacer.due()) await pacer.pause();
    }
  }
}

/**
 * The same between two sets of codes: `found` gets the number of a query and that of a code, every pair once, those of
 * equal numbers left out.
 */
export async function compareAcross(
  queries: Uint32Array,
  words: Uint32Array,
  count: number,
  maxDistance: number,
  found: Found,
  pacer: Pacer,
): Promise<void> {
  if (count === 0) return;
  const looks = sampleBits(count, maxDistance, new SeededRandom(SEED));
  const keys = new Int32Array(count);
  const buckets = new Buckets(count, looks[0].places.length);
  const { starts, order } = buckets;
  for (const [look, sampled] of looks.entries()) {
    sampledKeys(words, count, sampled, keys);
    buckets.fill(keys);
    sampledKeys(queries, count, sampled, keys);
    for (let query = 0; query < count; query++) {
      for (let at = starts[keys[query]]; at < starts[keys[query] + 1]; at++) {
        const code = order[at];
        if (code === query) continue;
        const distance = hammingBetween(queries, query, words, code, maxDistance);
        if (distance > maxDistance || metBefore(looks, look, queries, query, words, code)) continue;
        found(query, code, distance);
      }
      if (query % CODES_PER_CHECK === 0 && pacer.due()) await pacer.pause();
    }
  }
}

function metBefore(
  looks: readonly SampledBits[],
  look: number,
  words: Uint32Array,
  a: number,
  others: Uint32Array,
  b: number,
): boolean {
  for (let earlier = 0; earlier < look; earlier++) if (agrees(words, a, others, b, looks[earlier])) return true;
  return false;
}
