export interface DownloadProgress {
  /** Of the whole model, with what was on disk before. */
  readonly receivedBytes: number;
  /** About, while a server does not say how big a file is. */
  readonly totalBytes: number;
  /** The one that got on last, by its path in the repository. */
  readonly file: string;
}

/** Not more often than this, so that a fast disk does not flood its listeners. */
const EVERY_MS = 100;

/** Adds up what the files of one model receive. */
export class ProgressSum {
  private readonly received = new Map<string, number>();
  private lastReport = -Infinity;

  constructor(
    private readonly totalBytes: number,
    private readonly report: (progress: DownloadProgress) => void,
  ) {}

  /** @param bytes of this file that are there now */
  set(file: string, bytes: number): void {
    this.received.set(file, bytes);
    if (performance.now() - this.lastReport >= EVERY_MS) this.tell(file);
  }

  /** A last report, with everything in it. */
  tell(file: string): void {
    this.lastReport = performance.now();
    const receivedBytes = [...this.received.values()].reduce((sum, bytes) => sum + bytes, 0);
    this.report({ receivedBytes, totalBytes: Math.max(this.totalBytes, receivedBytes), file });
  }
}
