/** Partners after which an image is full: pairs of two full images are no longer noted. */
export const MOST_PARTNERS = 64;

/**
 * Gathers near-duplicate pairs in bounded memory, at most `MOST_PARTNERS` × count. Groups of up to 65 images are noted
 * completely; of larger ones, every image keeps at least that many of its pairs.
 */
export class PairCollector {
  readonly #partners: Uint16Array;
  #pairs = new Uint32Array(256);
  #distances = new Uint8Array(128);
  #size = 0;

  constructor(count: number) {
    this.#partners = new Uint16Array(count);
  }

  add(a: number, b: number, distance: number): void {
    if (this.isFull(a) && this.isFull(b)) return;
    if (this.#size === this.#distances.length) this.#grow();
    this.#pairs[2 * this.#size] = Math.min(a, b);
    this.#pairs[2 * this.#size + 1] = Math.max(a, b);
    this.#distances[this.#size] = distance;
    this.#size++;
    if (!this.isFull(a)) this.#partners[a]++;
    if (!this.isFull(b)) this.#partners[b]++;
  }

  isFull(image: number): boolean {
    return this.#partners[image] >= MOST_PARTNERS;
  }

  /** Pairs (i, j), i < j, flattened, by i and then by j. */
  sorted(): { pairs: Uint32Array; distances: Uint8Array } {
    const bySecond = this.#stableOrder(identity(this.#size), 1);
    const order = this.#stableOrder(bySecond, 0);
    const pairs = new Uint32Array(2 * this.#size);
    const distances = new Uint8Array(this.#size);
    for (let to = 0; to < this.#size; to++) {
      const from = order[to];
      pairs[2 * to] = this.#pairs[2 * from];
      pairs[2 * to + 1] = this.#pairs[2 * from + 1];
      distances[to] = this.#distances[from];
    }
    return { pairs, distances };
  }

  /** Counting sort of pair numbers by their first (0) or second (1) image. */
  #stableOrder(order: Uint32Array, side: 0 | 1): Uint32Array {
    const next = new Uint32Array(this.#partners.length + 1);
    for (const pair of order) next[this.#pairs[2 * pair + side] + 1]++;
    for (let image = 1; image < next.length; image++) next[image] += next[image - 1];
    const sorted = new Uint32Array(order.length);
    for (const pair of order) sorted[next[this.#pairs[2 * pair + side]]++] = pair;
    return sorted;
  }

  #grow(): void {
    const pairs = new Uint32Array(this.#pairs.length * 2);
    pairs.set(this.#pairs);
    this.#pairs = pairs;
    const distances = new Uint8Array(this.#distances.length * 2);
    distances.set(this.#distances);
    this.#distances = distances;
  }
}

function identity(size: number): Uint32Array {
  const order = new Uint32Array(size);
  for (let i = 0; i < size; i++) order[i] = i;
  return order;
}
