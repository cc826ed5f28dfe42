import assert from 'node:assert/strict';
import { RetryTimer } from '../../../src/host/retryTimer';

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Time that passes when the test says so. */
class Clock {
  private readonly real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout, now: Date.now };
  private timers: { at: number; run: () => void }[] = [];
  private time = 1_800_000_000_000;

  constructor() {
    Date.now = () => this.time;
    globalThis.setTimeout = ((run: () => void, ms: number) => {
      const timer = { at: this.time + ms, run };
      this.timers.push(timer);
      return timer;
    }) as unknown as typeof setTimeout;
    globalThis.clearTimeout = (timer) => {
      this.timers = this.timers.filter((other) => other !== (timer as unknown));
    };
  }

  tick(ms: number): void {
    this.time += ms;
    const due = this.timers.filter(({ at }) => at <= this.time);
    this.timers = this.timers.filter(({ at }) => at > this.time);
    for (const { run } of due) run();
  }

  restore(): void {
    const { now, ...timers } = this.real;
    Object.assign(globalThis, timers);
    Date.now = now;
  }
}

describe('the timer of retries', () => {
  const session = { id: 'folder' };
  let next: Date | null;
  let tries: number;
  let timer: RetryTimer<typeof session>;
  let clock: Clock;
  beforeEach(() => {
    clock = new Clock();
    tries = 0;
    next = null;
    timer = new RetryTimer(
      () => Promise.resolve(next),
      () => {
        tries++;
        return Promise.resolve();
      },
    );
  });
  afterEach(() => {
    timer.dispose();
    clock.restore();
  });

  const inMs = (ms: number) => new Date(Date.now() + ms);
  async function pass(ms: number): Promise<void> {
    for (let i = 0; i < 5; i++) await Promise.resolve(); // until the answer to "when" has come
    clock.tick(ms);
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }

  it('wakes up when the next failure is due, also when that is far away', async () => {
    next = inMs(5 * HOUR + MINUTE);
    timer.keep([session]);
    for (let hour = 0; hour < 5; hour++) await pass(HOUR);
    assert.equal(tries, 0);
    await pass(MINUTE);
    assert.equal(tries, 1);
  });

  it('does not try over and over what stays due', async () => {
    next = inMs(-MINUTE);
    timer.keep([session]);
    await pass(1000);
    assert.equal(tries, 1);
    timer.look(session); // the run has ended
    for (let minute = 0; minute < 59; minute++) await pass(MINUTE);
    assert.equal(tries, 1);
    await pass(2 * MINUTE);
    assert.equal(tries, 2);
  });

  it('leaves alone what it is no longer told to keep', async () => {
    next = inMs(MINUTE);
    timer.keep([session]);
    await pass(1000);
    timer.keep([]);
    await pass(HOUR);
    assert.equal(tries, 0);
    timer.keep([session]);
    timer.dispose();
    await pass(HOUR);
    assert.equal(tries, 0);
  });
});
