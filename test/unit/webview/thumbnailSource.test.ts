import assert from 'node:assert/strict';
import { ThumbnailSource } from '../../../webview/panel/grid/thumbnailSource';
import { Deferred, settled } from './deferred';

type Answer = { id: number; uri: string | null }[];

describe('thumbnail source', () => {
  function setup(kept?: number) {
    const calls: { ids: number[]; answer: Deferred<Answer>; signal: AbortSignal }[] = [];
    const failures: unknown[] = [];
    const source = new ThumbnailSource(
      (ids, signal) => {
        const answer = new Deferred<Answer>();
        signal.addEventListener('abort', () => answer.reject(new Error('cancelled')));
        calls.push({ ids, answer, signal });
        return answer.promise;
      },
      () => undefined,
      (error) => failures.push(error),
      kept,
    );
    const answer = async (index: number, uriOf = (id: number): string | null => `made:${id}`) => {
      calls[index]?.answer.resolve(calls[index].ids.map((id) => ({ id, uri: uriOf(id) })));
      await settled();
    };
    return { calls, failures, source, answer };
  }
  const bare = (id: number) => ({ id, thumbnail: null });

  it('takes the address that came with the row', () => {
    const { source } = setup();
    assert.equal(source.uriOf({ id: 1, thumbnail: 'row:1' }), 'row:1');
    assert.equal(source.uriOf(bare(1)), undefined);
  });

  it('asks in batches, one call at a time, and for no image twice', async () => {
    const { source, calls, answer } = setup();
    const ids = Array.from({ length: 60 }, (_, index) => index + 1);
    source.want('grid', ids);
    source.want('detail', [1, 2]);
    assert.equal(calls.length, 1);
    const first = calls[0]?.ids.length ?? 0;
    assert.ok(first > 0 && first < 60);
    await answer(0);
    assert.equal(calls.length, 2);
    assert.equal(first + (calls[1]?.ids.length ?? 0), 60);
    await answer(1);
    assert.equal(source.uriOf(bare(60)), 'made:60');
    source.want('grid', ids);
    assert.equal(calls.length, 2);
  });

  it('makes what is in sight before what lies ahead', async () => {
    const { source, calls, answer } = setup();
    const ahead = Array.from({ length: 40 }, (_, index) => 100 + index);
    source.want('grid', [1]);
    source.want('ahead', ahead);
    source.want('grid', [2, 3]); // scrolled on
    await answer(0);
    assert.deepEqual(calls[1]?.ids, [2, 3, ...ahead]);
    source.want('ahead', []);
    await answer(1);
    assert.equal(calls.length, 2);
  });

  it('gives up what a part of the view no longer wants', async () => {
    const { source, calls, answer } = setup();
    source.want('grid', [1]);
    source.want('grid', [2, 3]);
    source.want('grid', [4]);
    await answer(0);
    assert.deepEqual(calls[1]?.ids, [4]);
  });

  it('cancels a call once none of its images is wanted, and asks again for those that come back', async () => {
    const { source, calls, failures } = setup();
    source.want('grid', [1, 2]);
    source.want('ahead', [3]);
    source.want('grid', [2, 3]);
    assert.equal(calls[0]?.signal.aborted, false);
    source.want('grid', [4]);
    assert.equal(calls[0]?.signal.aborted, true);
    await settled();
    assert.deepEqual(calls[1]?.ids, [4, 3]);
    assert.equal(source.uriOf(bare(1)), undefined);
    source.want('ahead', []);
    source.want('grid', [1, 2]);
    await settled();
    assert.deepEqual(calls[2]?.ids, [1, 2]);
    assert.deepEqual(failures, []);
  });

  it('remembers that an image has none to give until its data changes', async () => {
    const { source, calls, answer } = setup();
    source.want('grid', [1]);
    await answer(0, () => null);
    assert.equal(source.uriOf(bare(1)), null);
    source.want('grid', [1]);
    assert.equal(calls.length, 1);
    source.refresh();
    source.want('grid', [1]);
    assert.equal(calls.length, 2);
  });

  it('makes a broken thumbnail anew once', async () => {
    const { source, answer } = setup();
    const row = { id: 1, thumbnail: 'row:1' };
    source.broken(1, 'row:1');
    assert.equal(source.uriOf(row), undefined);
    source.want('grid', [1]);
    await answer(0);
    assert.equal(source.uriOf(row), 'made:1');
    source.broken(1, 'made:1');
    assert.equal(source.uriOf(row), null);
  });

  it('tells of a failed call and does not repeat it in a loop', async () => {
    const { source, calls, failures } = setup();
    source.want('grid', [1, 2]);
    calls[0]?.answer.reject(new Error('worker is gone'));
    await settled();
    assert.equal(failures.length, 1);
    source.want('grid', [1, 2]);
    assert.equal(calls.length, 1);
    source.refresh();
    source.want('grid', [1, 2]);
    assert.equal(calls.length, 2);
  });

  it('remembers only so many', async () => {
    const { source, answer } = setup(2);
    source.want('grid', [1, 2, 3]);
    await answer(0);
    assert.equal(source.uriOf(bare(1)), undefined);
    assert.equal(source.uriOf(bare(3)), 'made:3');
  });
});
