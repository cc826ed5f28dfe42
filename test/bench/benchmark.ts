/** One comparison: what ours costs over what the other costs, both measured in turns within one run. */
export interface Benchmark {
  readonly name: string;
  /** What is measured, in words. */
  readonly title: string;
  run(): Promise<BenchmarkResult | Skipped>;
}

export interface BenchmarkResult {
  /** Ours ÷ theirs; lower is better. */
  readonly ratio: number;
  readonly value: number;
  readonly against: number;
  readonly unit: string;
  /** How often each side was measured; value and against are medians. */
  readonly runs: number;
  /** What the reader must know to judge the figure, if anything. */
  readonly note?: string;
}

export interface Skipped {
  readonly skipped: string;
}
