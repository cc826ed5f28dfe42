import type { SeededRandom } from '../numeric/seededRandom';
import { CODE_WORDS } from './hammingDistance';

const CODE_BITS = 32 * CODE_WORDS;
const FEWEST_BITS = 12;
const MOST_BITS = 20;
/** Share of the pairs at the largest distance that is to be found; nearer ones are found more often. */
const RECALL = 0.985;
/** Beyond that many looks the largest distance is too far for this way of searching. */
const MOST_LOOKS = 4000;

/** A few bits of a code, by which codes are sorted into buckets. */
export interface SampledBits {
  /** Places in the code, ascending. */
  readonly places: Uint16Array;
  /** The same places as a mask over the words of a code. */
  readonly mask: Uint32Array;
}

/**
 * The looks that a search takes at `count` codes: each chooses bits at random, and codes are compared that agree in all
 * of them. How many bits: a few codes a bucket. How many looks: a pair that differs in `maxDistance` bits agrees in
 * one of them with the chance `RECALL`.
 */
export function sampleBits(count: number, maxDistance: number, random: SeededRandom): SampledBits[] {
  const bits = Math.min(MOST_BITS, Math.max(FEWEST_BITS, Math.round(Math.log2(count) - 2)));
  const chance = agreement(bits, maxDistance);
  const looks = Math.min(MOST_LOOKS, Math.ceil(Math.log(1 - RECALL) / Math.log1p(-chance)));
  return Array.from({ length: looks }, () => {
    const places = Uint16Array.from(random.sample(CODE_BITS, bits)).sort();
    const mask = new Uint32Array(CODE_WORDS);
    for (const place of places) mask[place >> 5] |= 1 << (place & 31);
    return { places, mask };
  });
}

/** Chance that `bits` chosen ones are none of the `distance` in which two codes differ. */
function agreement(bits: number, distance: number): number {
  let chance = 1;
  for (let i = 0; i < bits; i++) chance *= Math.max(0, CODE_BITS - distance - i) / (CODE_BITS - i);
  return Math.max(chance, Number.EPSILON);
}

/** The sampled bits of `count` codes as numbers, into `keys`. */
export function sampledKeys(words: Uint32Array, count: number, { places }: SampledBits, keys: Int32Array): void {
  const { length } = places;
  for (let i = 0; i < count; i++) {
    const row = i * CODE_WORDS;
    let key = 0;
    for (let at = 0; at < length; at++) {
      const place = places[at];
      key = (key << 1) | ((words[row + (place >> 5)] >>> (place & 31)) & 1);
    }
    keys[i] = key;
  }
}

/** Whether codes `a` of `words` and `b` of `others` agree in the sampled bits. */
export function agrees(words: Uint32Array, a: number, others: Uint32Array, b: number, { mask }: SampledBits): boolean {
  const p = a * CODE_WORDS;
  const q = b * CODE_WORDS;
  for (let w = 0; w < CODE_WORDS; w++) if (((words[p + w] ^ others[q + w]) & mask[w]) !== 0) return false;
  return true;
}

/** Codes by bucket: those with the key k are `order[starts[k]] … order[starts[k + 1] − 1]`, ascending. */
export class Buckets {
  readonly starts: Int32Array;
  readonly order: Int32Array;
  readonly #next: Int32Array;

  constructor(count: number, bits: number) {
    this.starts = new Int32Array(2 ** bits + 1);
    this.#next = new Int32Array(2 ** bits);
    this.order = new Int32Array(count);
  }

  fill(keys: Int32Array): void {
    const { starts, order } = this;
    const next = this.#next;
    starts.fill(0);
    for (let i = 0; i < order.length; i++) starts[keys[i] + 1]++;
    for (let key = 1; key < starts.length; key++) starts[key] += starts[key - 1];
    next.set(starts.subarray(0, next.length));
    for (let i = 0; i < order.length; i++) order[next[keys[i]]++] = i;
  }
}
