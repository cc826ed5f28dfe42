/**
 * Bounds the memory of decoders that run at once: each image takes its pixels out of one budget and waits, in order,
 * until there is room. An image larger than the whole budget runs alone.
 */
export class PixelBudget {
  private used = 0;
  private readonly waiting: { pixels: number; start: () => void }[] = [];

  constructor(private readonly limit: number) {}

  /** Runs the work when there is room for so many pixels. */
  async run<T>(pixels: number, work: () => Promise<T>): Promise<T> {
    const share = Math.min(pixels, this.limit);
    if (this.waiting.length > 0 || this.used + share > this.limit) {
      await new Promise<void>((start) => {
        this.waiting.push({ pixels: share, start });
      });
    } else {
      this.used += share;
    }
    try {
      return await work();
    } finally {
      this.used -= share;
      this.startWaiting();
    }
  }

  private startWaiting(): void {
    for (let next = this.waiting[0]; next && this.used + next.pixels <= this.limit; next = this.waiting[0]) {
      this.waiting.shift();
      this.used += next.pixels;
      next.start();
    }
  }
}
