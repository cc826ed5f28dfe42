/**
 * Aborts a request that is cancelled, or from which nothing is heard for a while. Waits on the request are to be made
 * `within` it: they then end whatever becomes of the signal inside the request (combined signals have been seen to be
 * collected as garbage, and Node's fetch is not the only one).
 */
export class StallGuard {
  /** In words, once it has stalled. */
  stalled: string | null = null;
  private readonly controller = new AbortController();
  private readonly aborted: Promise<never>;
  private readonly onCancel: () => void;
  private timer: NodeJS.Timeout | undefined;

  /** @param patienceMs how long silence is borne */
  constructor(
    private readonly cancel: AbortSignal,
    private readonly patienceMs: number,
  ) {
    this.aborted = new Promise((_, reject) => {
      this.controller.signal.addEventListener('abort', () => reject(new Error('The request was given up.')));
    });
    this.aborted.catch(() => undefined); // nobody may be waiting
    this.onCancel = () => this.controller.abort();
    cancel.addEventListener('abort', this.onCancel);
    if (cancel.aborted) this.onCancel();
    this.heard();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** What `wait` comes to, unless the request ends before. */
  within<T>(wait: Promise<T>): Promise<T> {
    return Promise.race([wait, this.aborted]);
  }

  /** Something came: the patience begins anew. */
  heard(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.stalled = `nothing was received for ${Math.max(1, Math.round(this.patienceMs / 1000))} s`;
      this.controller.abort();
    }, this.patienceMs);
  }

  throwIfCancelled(): void {
    this.cancel.throwIfAborted();
  }

  /** Ends the request, if it is not over. */
  stop(): void {
    clearTimeout(this.timer);
    this.cancel.removeEventListener('abort', this.onCancel);
    this.controller.abort();
  }
}
