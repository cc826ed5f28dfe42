import { BestRows } from './bestRows';
import { QuantizedBlock } from './quantizedBlock';

export interface Found {
  readonly rows: Uint32Array;
  readonly scores: Float32Array;
}

/** So many more are looked at closely than are wanted, as the first look may have them in another order. */
const spare = (limit: number) => 2 * limit + 200;

/** Vectors of unit length in memory, two bytes a number, to find those near to another one. */
export class VectorIndex {
  private readonly blocks: QuantizedBlock[] = [];
  /** The first row of each block. */
  private readonly starts: number[] = [];
  private rows = 0;

  constructor(readonly length: number) {}

  get count(): number {
    return this.rows;
  }

  /** Adds rows behind those there are. @param vectors row-major */
  add(vectors: Float32Array): void {
    if (vectors.length % this.length !== 0) throw new Error('rows of another length');
    if (vectors.length === 0) return;
    const block = new QuantizedBlock(vectors, this.length);
    this.blocks.push(block);
    this.starts.push(this.rows);
    this.rows += block.count;
  }

  /**
   * The rows with the highest cosine, at most `limit`, the best first; equal ones in their order.
   * @param query of unit length
   * @param mask 1 for rows that may be found; null for all
   * @param first rows that come before all others where the mask lets them
   */
  search(query: Float32Array, limit: number, mask: Uint8Array | null, first: Uint32Array): Found {
    const best = new BestRows(spare(limit));
    this.blocks.forEach((block, index) => {
      const start = this.starts[index];
      const estimates = block.estimate(query);
      for (let row = 0; row < block.count; row++) {
        const score = estimates[row] * block.scaleOf(row);
        if (score > best.threshold && (mask === null || mask[start + row] === 1)) best.add(start + row, score);
      }
    });
    const ahead = new Set(first);
    const wanted = new Set([...first].filter((row) => row < this.rows && (mask === null || mask[row] === 1)));
    for (const row of best.take()) wanted.add(row);
    const found = Array.from(wanted, (row) => ({ row, score: this.cosine(query, row), isAhead: ahead.has(row) }));
    found.sort((a, b) => Number(b.isAhead) - Number(a.isAhead) || b.score - a.score || a.row - b.row);
    const shown = found.slice(0, limit);
    return {
      rows: Uint32Array.from(shown, ({ row }) => row),
      scores: Float32Array.from(shown, ({ score }) => score),
    };
  }

  private cosine(query: Float32Array, row: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= row) low = middle;
      else high = middle - 1;
    }
    return this.blocks[low].cosine(query, row - this.starts[low]);
  }
}
