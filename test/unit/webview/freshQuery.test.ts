import assert from 'node:assert/strict';
import { FreshQuery } from '../../../webview/shared/freshQuery';
import { Deferred, settled } from './deferred';

describe('fresh query', () => {
  function setup() {
    const asked: { answer: Deferred<string>; signal: AbortSignal }[] = [];
    const shown: string[] = [];
    const failed: unknown[] = [];
    const query = new FreshQuery<string>(
      (signal) => {
        const answer = new Deferred<string>();
        asked.push({ answer, signal });
        return answer.promise;
      },
      (answer) => shown.push(answer),
      (error) => failed.push(error),
    );
    return { asked, shown, failed, query };
  }

  it('asks once more after any number of refreshes while an answer is under way, and shows both answers', async () => {
    const { asked, shown, query } = setup();
    query.refresh();
    query.refresh();
    query.refresh();
    assert.equal(asked.length, 1);
    asked[0]?.answer.resolve('first');
    await settled();
    assert.deepEqual(shown, ['first']);
    assert.equal(asked.length, 2);
    asked[1]?.answer.resolve('second');
    await settled();
    assert.deepEqual(shown, ['first', 'second']);
    assert.equal(asked.length, 2);
  });

  it('drops a late answer to a question that was replaced, and cancels its call', async () => {
    const { asked, shown, query } = setup();
    query.restart();
    query.restart();
    assert.equal(asked[0]?.signal.aborted, true);
    asked[1]?.answer.resolve('new');
    await settled();
    asked[0]?.answer.resolve('old');
    await settled();
    assert.deepEqual(shown, ['new']);
  });

  it('tells of a failure and can be asked again', async () => {
    const { asked, shown, failed, query } = setup();
    const error = new Error('broken');
    query.restart();
    asked[0]?.answer.reject(error);
    await settled();
    assert.deepEqual(failed, [error]);
    query.refresh();
    asked[1]?.answer.resolve('well again');
    await settled();
    assert.deepEqual(shown, ['well again']);
  });

  it('is silent about the failure of a call that it cancelled', async () => {
    const { asked, failed, query } = setup();
    query.restart();
    query.stop();
    asked[0]?.answer.reject(new Error('cancelled'));
    await settled();
    assert.deepEqual(failed, []);
    assert.equal(asked.length, 1);
  });
});
