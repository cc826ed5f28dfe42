import type { RemotePorts } from '../../../src/core/remote/remotePorts';

/** A clock that only moves when somebody sleeps, and chance without any. */
export class FakeTime implements RemotePorts {
  time = 1_000_000;
  readonly sleeps: number[] = [];
  private readonly sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  constructor(private readonly chance = 0.5) {}

  readonly now = () => this.time;
  readonly random = () => this.chance;

  readonly sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    this.sleeps.push(milliseconds);
    await new Promise<void>((wake) => void this.sleepers.push({ until: this.time + milliseconds, wake }));
    signal.throwIfAborted();
  };

  /** Wakes sleepers in the order of their times until nobody sleeps any more. */
  async run(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => void setImmediate(resolve));
      this.sleepers.sort((a, b) => a.until - b.until);
      const first = this.sleepers.shift();
      if (!first) return;
      this.time = Math.max(this.time, first.until);
      first.wake();
    }
  }
}
