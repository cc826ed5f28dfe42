import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobProgress } from '../../../../src/core/jobs/jobContext';
import { BatchSize } from '../../../../src/core/jobs/batchSize';
import { ProgressMeter } from '../../../../src/core/jobs/progressMeter';

describe('ProgressMeter', () => {
  it('counts, and knows a rate and the time left once it has seen enough', async () => {
    const reports: JobProgress[] = [];
    const meter = new ProgressMeter({ report: (progress) => reports.push(progress) }, 'tag', 100);
    assert.deepEqual(reports, [{ stage: 'tag', done: 0, total: 100, failed: 0, rate: null, secondsLeft: null }]);
    meter.add(10, 2);
    await sleep(450);
    meter.add(10);
    const { rate, secondsLeft, ...last } = reports.at(-1)!;
    assert.deepEqual(last, { stage: 'tag', done: 20, total: 100, failed: 2 });
    assert.ok(rate !== null && rate > 0 && rate <= 20 / 0.45, `rate ${rate}`);
    assert.ok(Math.abs(secondsLeft! - 80 / rate) < 1e-9);
  });

  it('knows no time left while the total is not known', async () => {
    const reports: JobProgress[] = [];
    const meter = new ProgressMeter({ report: (progress) => reports.push(progress) }, 'index', 0);
    await sleep(450);
    meter.set(30);
    assert.ok(reports.at(-1)!.rate! > 0);
    assert.equal(reports.at(-1)!.secondsLeft, null);
  });
});

describe('BatchSize', () => {
  it('grows for small images and shrinks for large ones, within bounds', () => {
    const size = new BatchSize();
    const first = size.next;
    size.learn(first, 10);
    assert.equal(size.next, 2 * first);
    for (let i = 0; i < 10; i++) size.learn(size.next, 1);
    assert.equal(size.next, 256);
    for (let i = 0; i < 10; i++) size.learn(size.next, 60_000);
    assert.equal(size.next, 8);
    size.learn(20, 2000);
    assert.equal(size.next, 16);
    size.learn(20, 2000);
    assert.equal(size.next, 20);
  });
});
