import * as assert from 'node:assert/strict';
import { TokenBucket } from '../../../src/core/remote/tokenBucket';
import { FakeTime } from './fakeTime';

const never = new AbortController().signal;

/** When each of so many requests that all come at once is let through, in milliseconds from now. */
async function timesOf(time: FakeTime, bucket: TokenBucket, count: number): Promise<number[]> {
  const start = time.now();
  const times: number[] = [];
  const all = Array.from({ length: count }, () => bucket.take(never).then(() => times.push(time.now() - start)));
  await time.run();
  await Promise.all(all);
  return times;
}

describe('the token bucket', () => {
  it('lets a burst through, then one each interval', async () => {
    const time = new FakeTime();
    assert.deepEqual(await timesOf(time, new TokenBucket(60, 3, time), 6), [0, 0, 0, 1000, 2000, 3000]);
  });

  it('never lets more through in any time than its rate and the burst allow', async () => {
    const time = new FakeTime();
    const bucket = new TokenBucket(120, 4, time);
    const times = await timesOf(time, bucket, 40);
    time.time += 60_000; // it fills up, and not beyond the burst
    const start = time.now();
    times.push(...(await timesOf(time, bucket, 20)).map((at) => at + start));
    for (const from of times) {
      const within = times.filter((at) => at >= from && at <= from + 5000).length;
      assert.ok(within <= 4 + 10, `${within} requests in five seconds`);
    }
  });

  it('holds everything back while the server asks for a pause', async () => {
    const time = new FakeTime();
    const bucket = new TokenBucket(60, 2, time);
    bucket.pause(7000);
    assert.deepEqual(await timesOf(time, bucket, 3), [7000, 7000, 7000]);
  });

  it('stops waiting when it is cancelled', async () => {
    const time = new FakeTime();
    const bucket = new TokenBucket(60, 1, time);
    const controller = new AbortController();
    await bucket.take(never);
    const waiting = assert.rejects(bucket.take(controller.signal), /no more/);
    controller.abort(new Error('no more'));
    await time.run();
    await waiting;
  });
});
