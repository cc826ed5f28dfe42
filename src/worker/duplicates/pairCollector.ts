import { PairList } from './pairList';

/** Partners after which an image is full: pairs of two full images are no longer noted. */
export const MOST_PARTNERS = 64;

/**
 * Gathers near-duplicate pairs in bounded memory, at most `MOST_PARTNERS` × count. Groups of up to 65 images are noted
 * completely; of larger ones, every image keeps at least that many of its pairs.
 */
export class PairCollector {
  readonly #partners: Uint16Array;
  readonly #list: PairList;

  constructor(count: number) {
    this.#partners = new Uint16Array(count);
    this.#list = new PairList(count);
  }

  add(a: number, b: number, distance: number): void {
    if (this.isFull(a) && this.isFull(b)) return;
    this.#list.add(a, b, distance);
    if (!this.isFull(a)) this.#partners[a]++;
    if (!this.isFull(b)) this.#partners[b]++;
  }

  isFull(image: number): boolean {
    return this.#partners[image] >= MOST_PARTNERS;
  }

  /** Pairs (i, j), i < j, flattened, by i and then by j. */
  sorted(): { pairs: Uint32Array; distances: Float32Array } {
    return this.#list.sorted();
  }
}
