/** Smallest and first size for work of which a worker does many a second. */
const SMALLEST = 8;
const LARGEST = 256;
/**
 * A batch is what a crash or a cancel makes undone, and what a commit is paid for. Two are under way at a time, so that
 * one is committed every second.
 */
const AIM_MS = 2000;

/** How many images to send at a time, so that small and large ones are committed about equally often. */
export class BatchSize {
  private size: number;

  /** @param smallest also the first; 1 for models that may take seconds over an image */
  constructor(private readonly smallest = SMALLEST) {
    this.size = smallest;
  }

  get next(): number {
    return this.size;
  }

  /** Learns from a batch of `count` images that took `ms`. */
  learn(count: number, ms: number): void {
    const wanted = Math.round((count * AIM_MS) / Math.max(1, ms));
    this.size = Math.min(LARGEST, 2 * this.size, Math.max(this.smallest, wanted));
  }
}
