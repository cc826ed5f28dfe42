/** Collects the rows with the highest scores out of many, which it is cheap to offer most of them in vain. */
export class BestRows {
  private readonly rows: Int32Array;
  private readonly scores: Float64Array;
  private size = 0;
  /** What a score must be above to count; scores at or below it need not be offered. */
  threshold = -Infinity;

  constructor(private readonly limit: number) {
    const room = Math.max(64, 4 * limit);
    this.rows = new Int32Array(room);
    this.scores = new Float64Array(room);
  }

  add(row: number, score: number): void {
    if (this.size === this.rows.length) this.prune();
    if (score <= this.threshold) return;
    this.rows[this.size] = row;
    this.scores[this.size++] = score;
  }

  /** The best, at most `limit`, in no particular order. */
  take(): Int32Array {
    this.prune();
    return this.rows.slice(0, this.size);
  }

  private prune(): void {
    if (this.size <= this.limit) return;
    const places = Array.from({ length: this.size }, (_, place) => place);
    places.sort((a, b) => this.scores[b] - this.scores[a] || this.rows[a] - this.rows[b]);
    const kept = places.slice(0, this.limit).map((place) => ({ row: this.rows[place], score: this.scores[place] }));
    kept.forEach(({ row, score }, place) => {
      this.rows[place] = row;
      this.scores[place] = score;
    });
    this.size = this.limit;
    this.threshold = kept[this.limit - 1].score;
  }
}
