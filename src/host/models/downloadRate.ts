/** The rate is that of the last seconds: lines slow down and recover. */
const WINDOW_MS = 5000;
/** A rate over less than this says little. */
const LEAST_MS = 500;
const MARK_MS = 100;

/** How fast bytes come. What was there at the start does not count as speed. */
export class DownloadRate {
  private readonly marks: { readonly atMs: number; readonly bytes: number }[] = [];

  /** @returns bytes a second over the last seconds, null until there is something to tell */
  add(receivedBytes: number, atMs: number): number | null {
    const before = this.marks.at(-2);
    if (before && atMs - before.atMs < MARK_MS) this.marks.pop();
    this.marks.push({ atMs, bytes: receivedBytes });
    while (this.marks.length > 2 && atMs - this.marks[0].atMs > WINDOW_MS) this.marks.shift();
    const first = this.marks[0];
    const elapsed = atMs - first.atMs;
    return elapsed < LEAST_MS ? null : Math.max(0, (1000 * (receivedBytes - first.bytes)) / elapsed);
  }
}
