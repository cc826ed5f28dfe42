/** Pairs of numbers below `count`, each with a distance, in memory that grows with them. */
export class PairList {
  #pairs = new Uint32Array(256);
  #distances = new Float32Array(128);
  #size = 0;

  constructor(private readonly count: number) {}

  add(a: number, b: number, distance: number): void {
    if (this.#size === this.#distances.length) this.#grow();
    this.#pairs[2 * this.#size] = Math.min(a, b);
    this.#pairs[2 * this.#size + 1] = Math.max(a, b);
    this.#distances[this.#size] = distance;
    this.#size++;
  }

  /** Pairs (i, j), i < j, flattened, by i and then by j. Of a pair that was added more than once the first is left. */
  sorted(): { pairs: Uint32Array; distances: Float32Array } {
    const order = this.#stableOrder(this.#stableOrder(identity(this.#size), 1), 0);
    const pairs = new Uint32Array(2 * this.#size);
    const distances = new Float32Array(this.#size);
    let to = 0;
    for (const from of order) {
      const [a, b] = [this.#pairs[2 * from], this.#pairs[2 * from + 1]];
      if (to > 0 && pairs[2 * to - 2] === a && pairs[2 * to - 1] === b) continue;
      pairs[2 * to] = a;
      pairs[2 * to + 1] = b;
      distances[to] = this.#distances[from];
      to++;
    }
    return { pairs: pairs.slice(0, 2 * to), distances: distances.slice(0, to) };
  }

  /** Counting sort of the places of pairs by their first (0) or second (1) number. */
  #stableOrder(order: Uint32Array, side: 0 | 1): Uint32Array {
    const next = new Uint32Array(this.count + 1);
    for (const pair of order) next[this.#pairs[2 * pair + side] + 1]++;
    for (let number = 1; number < next.length; number++) next[number] += next[number - 1];
    const sorted = new Uint32Array(order.length);
    for (const pair of order) sorted[next[this.#pairs[2 * pair + side]]++] = pair;
    return sorted;
  }

  #grow(): void {
    const pairs = new Uint32Array(this.#pairs.length * 2);
    pairs.set(this.#pairs);
    this.#pairs = pairs;
    const distances = new Float32Array(this.#distances.length * 2);
    distances.set(this.#distances);
    this.#distances = distances;
  }
}

function identity(size: number): Uint32Array {
  const order = new Uint32Array(size);
  for (let i = 0; i < size; i++) order[i] = i;
  return order;
}
