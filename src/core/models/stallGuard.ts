/** Aborts a request that is cancelled, or from which nothing is heard for a while. */
export class StallGuard {
  readonly signal: AbortSignal;
  /** In words, once it has stalled. */
  stalled: string | null = null;
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  /** @param patienceMs how long silence is borne */
  constructor(
    private readonly cancel: AbortSignal,
    private readonly patienceMs: number,
  ) {
    this.signal = AbortSignal.any([cancel, this.controller.signal]);
    this.heard();
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
    this.controller.abort();
  }
}
