import assert from 'node:assert/strict';
import { BETWEEN_MS, IdleWork, QUIET_MS, RETRY_MS, type Clock } from '../../../src/host/idleWork';
import { Deferred, settled } from '../webview/deferred';

/** Time that passes when the test says so. */
class PassedClock implements Clock {
  private time = 1_800_000_000_000;
  private timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.time;
  }

  setTimeout(run: () => void, ms: number): unknown {
    const timer = { at: this.time + ms, run };
    this.timers.push(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.timers = this.timers.filter((other) => other !== timer);
  }

  get isWaiting(): boolean {
    return this.timers.length > 0;
  }

  async pass(ms: number): Promise<void> {
    this.time += ms;
    const due = this.timers.filter(({ at }) => at <= this.time);
    this.timers = this.timers.filter(({ at }) => at > this.time);
    for (const { run } of due) run();
    await settled();
  }
}

describe('work while nothing else is to be done', () => {
  const [first, second] = [{ name: 'first' }, { name: 'second' }];
  let clock: PassedClock;
  let target: { name: string } | null;
  let steps: { target: object; signal: AbortSignal; end: Deferred<boolean> }[];
  let failures: unknown[];
  let work: IdleWork<{ name: string }>;

  beforeEach(() => {
    clock = new PassedClock();
    target = first;
    steps = [];
    failures = [];
    work = new IdleWork({
      clock,
      target: () => target,
      step: (of, signal) => {
        const end = new Deferred<boolean>();
        signal.addEventListener('abort', () => end.reject(new Error('aborted')));
        steps.push({ target: of, signal, end });
        return end.promise;
      },
      onFailure: (_target, error) => failures.push(error),
    });
  });

  async function end(isMore: boolean): Promise<void> {
    steps.at(-1)!.end.resolve(isMore);
    await settled();
  }

  it('goes step by step, one at a time, and ends when nothing is left', async () => {
    work.look();
    await clock.pass(QUIET_MS - 1);
    assert.equal(steps.length, 0);
    await clock.pass(1);
    assert.equal(steps.length, 1);
    await clock.pass(QUIET_MS);
    assert.equal(steps.length, 1);
    await end(true);
    await clock.pass(BETWEEN_MS);
    assert.equal(steps.length, 2);
    await end(false);
    assert.equal(clock.isWaiting, false);
    work.look();
    await clock.pass(QUIET_MS);
    assert.equal(steps.length, 3);
  });

  it('does nothing while something else goes first, or when it is switched off', async () => {
    target = null;
    work.look();
    assert.equal(clock.isWaiting, false);
    target = first;
    work.look();
    target = null; // without a word
    await clock.pass(QUIET_MS);
    assert.equal(steps.length, 0);
    assert.equal(clock.isWaiting, false);
  });

  it('stops at once when a run starts, and goes on after it', async () => {
    work.look();
    await clock.pass(QUIET_MS);
    target = null;
    work.look();
    assert.equal(steps[0].signal.aborted, true);
    await settled();
    assert.equal(clock.isWaiting, false);
    target = first;
    work.look();
    await clock.pass(QUIET_MS);
    assert.equal(steps.length, 2);
    assert.deepEqual(failures, []);
  });

  it('turns to another target', async () => {
    work.look();
    await clock.pass(QUIET_MS);
    target = second;
    work.look();
    assert.equal(steps[0].signal.aborted, true);
    await settled();
    await clock.pass(QUIET_MS);
    assert.deepEqual(
      steps.map((step) => step.target),
      [first, second],
    );
  });

  it('stops at once for a person, and waits until nobody has asked for a while', async () => {
    work.look();
    await clock.pass(QUIET_MS);
    work.giveWay();
    assert.equal(steps[0].signal.aborted, true);
    await settled();
    await clock.pass(QUIET_MS / 2);
    work.giveWay();
    await clock.pass(QUIET_MS / 2);
    assert.equal(steps.length, 1);
    await clock.pass(QUIET_MS / 2);
    assert.equal(steps.length, 2);
  });

  it('looks again at what changed during the last step', async () => {
    work.look();
    await clock.pass(QUIET_MS);
    work.look();
    assert.equal(steps[0].signal.aborted, false);
    await end(false);
    await clock.pass(QUIET_MS);
    assert.equal(steps.length, 2);
  });

  it('tries again after a while what failed, however often something changes; other targets need not wait', async () => {
    work.look();
    await clock.pass(QUIET_MS);
    steps[0].end.reject(new Error('the disk is full'));
    await settled();
    assert.equal(failures.length, 1);
    for (let i = 0; i < 5; i++) {
      work.look();
      await clock.pass(QUIET_MS);
    }
    assert.equal(steps.length, 1);
    target = second;
    work.look();
    await clock.pass(QUIET_MS);
    assert.equal(steps.length, 2);
    await end(false);
    target = first;
    work.look();
    await clock.pass(QUIET_MS);
    assert.equal(steps.length, 2);
    await clock.pass(RETRY_MS);
    assert.equal(steps.length, 3);
  });

  it('says nothing of failures of what is gone, nor works on after its end', async () => {
    work.look();
    await clock.pass(QUIET_MS);
    target = null; // closed, without a word
    steps[0].end.reject(new Error('the database was closed'));
    await settled();
    assert.deepEqual(failures, []);
    target = first;
    work.look();
    await clock.pass(QUIET_MS);
    work.dispose();
    assert.equal(steps[1].signal.aborted, true);
    await settled();
    assert.equal(clock.isWaiting, false);
  });
});
