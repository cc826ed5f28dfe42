/** Time, as tests can pass it. */
export interface Clock {
  /** In milliseconds. */
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export interface IdleWorkPorts<T extends object> {
  readonly clock: Clock;
  /** What there is to work on now, or null while anything else goes first. */
  target(): T | null;
  /** Does a little. Resolves with false when nothing is left to do. */
  step(target: T, signal: AbortSignal): Promise<boolean>;
  onFailure(target: T, error: unknown): void;
}

/** How long nobody may have asked for anything before work begins, or goes on. */
export const QUIET_MS = 2000;
/** Between two steps, for what waits behind them. */
export const BETWEEN_MS = 50;
/** What failed as a whole (a full disk, say) is tried again after this. */
export const RETRY_MS = 600_000;

/** Works in small steps, one at a time, while there is nothing else to do, and stops at once when there is. */
export class IdleWork<T extends object> {
  private timer: unknown;
  private underWay: { readonly target: T; readonly controller: AbortController } | null = null;
  private notBefore = -Infinity;
  /** When what failed may be tried again. */
  private readonly retryAt = new WeakMap<T, number>();
  /** Something changed while a step was under way, which may not have seen it. */
  private isChanged = false;
  private isDisposed = false;

  constructor(private readonly ports: IdleWorkPorts<T>) {}

  /** Something changed: the target, or what is to be done. */
  look(): void {
    const target = this.ports.target();
    if (this.underWay) {
      this.isChanged = true;
      if (target !== this.underWay.target) this.underWay.controller.abort();
    } else {
      this.stopTimer();
      if (target !== null) this.wait(QUIET_MS);
    }
  }

  /** A person asked for something that the work would be in the way of. */
  giveWay(): void {
    this.notBefore = Math.max(this.notBefore, this.ports.clock.now() + QUIET_MS);
    this.underWay?.controller.abort();
  }

  dispose(): void {
    this.isDisposed = true;
    this.stopTimer();
    this.underWay?.controller.abort();
  }

  private wait(ms: number): void {
    this.timer ??= this.ports.clock.setTimeout(() => {
      this.timer = undefined;
      void this.work();
    }, ms);
  }

  private async work(): Promise<void> {
    const target = this.ports.target();
    if (target === null) return; // whatever ends that has it looked at again
    const early = Math.max(this.notBefore, this.retryAt.get(target) ?? -Infinity) - this.ports.clock.now();
    if (early > 0) {
      this.wait(early);
      return;
    }
    const controller = new AbortController();
    this.underWay = { target, controller };
    this.isChanged = false;
    let isMore = true;
    try {
      isMore = await this.ports.step(target, controller.signal);
    } catch (error) {
      // What the target throws once it is not wanted any more says nothing of the next.
      if (!controller.signal.aborted && this.ports.target() === target) this.fail(target, error);
    }
    this.underWay = null;
    if (this.isDisposed || this.ports.target() === null) return;
    if (controller.signal.aborted || (!isMore && this.isChanged)) this.wait(QUIET_MS);
    else if (isMore) this.wait(BETWEEN_MS);
  }

  private fail(target: T, error: unknown): void {
    this.retryAt.set(target, this.ports.clock.now() + RETRY_MS);
    this.ports.onFailure(target, error);
  }

  private stopTimer(): void {
    this.ports.clock.clearTimeout(this.timer);
    this.timer = undefined;
  }
}
