import type { RemotePorts } from './remotePorts';

/**
 * Lets `perMinute` requests a minute through, at most `burst` of them at once after a pause. Requests that have to wait
 * go in the order in which they came.
 */
export class TokenBucket {
  /** When the next token is there, if the bucket were never full: requests push it on, one interval each. */
  private due = -Infinity;
  private pausedUntil = -Infinity;
  private readonly intervalMs: number;

  /** @param burst at least 1 */
  constructor(
    perMinute: number,
    private readonly burst: number,
    private readonly ports: Pick<RemotePorts, 'now' | 'sleep'>,
  ) {
    this.intervalMs = 60_000 / perMinute;
  }

  /** Waits until one request may go. Rejects with the signal's reason once it is aborted. */
  async take(signal: AbortSignal): Promise<void> {
    const { now, sleep } = this.ports;
    const full = now() - (this.burst - 1) * this.intervalMs;
    const mine = Math.max(this.due, full);
    this.due = mine + this.intervalMs;
    for (;;) {
      signal.throwIfAborted();
      const left = Math.max(mine, this.pausedUntil) - now();
      if (left <= 0) return;
      await sleep(left, signal);
    }
  }

  /** Lets nothing through for so long: the server has asked for it, and means all requests. */
  pause(milliseconds: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.ports.now() + milliseconds);
  }
}
