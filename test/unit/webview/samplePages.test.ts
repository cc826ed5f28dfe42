import assert from 'node:assert/strict';
import type { SampleRow } from '../../../src/protocol/viewApi';
import { PAGE_ROWS, SamplePages, type PageAnswer } from '../../../webview/panel/grid/samplePages';
import { Deferred, settled } from './deferred';

function row(id: number): SampleRow {
  return {
    id,
    path: `${id}.jpg`,
    status: 'completed',
    missing: false,
    error: null,
    width: 4,
    height: 3,
    tags: [],
    thumbnail: null,
    similarity: null,
  };
}

/** The page that begins at `offset` of a list with the given ids. */
function page(offset: number, ids: readonly number[], revision = 1): PageAnswer {
  return {
    revision,
    total: 10_000,
    matching: ids.length,
    rows: ids.slice(offset, offset + PAGE_ROWS).map(row),
  };
}

const LIST = Array.from({ length: 1000 }, (_, index) => index + 1);

describe('sample pages', () => {
  interface Call {
    offset: number;
    signal: AbortSignal;
    answer: Deferred<PageAnswer>;
  }

  function setup(keptPages?: number) {
    const calls: Call[] = [];
    let changes = 0;
    const pages = new SamplePages(
      (offset, _limit, signal) => {
        const answer = new Deferred<PageAnswer>();
        calls.push({ offset, signal, answer });
        return answer.promise;
      },
      () => changes++,
      keptPages,
    );
    const offsets = () => calls.map((call) => call.offset);
    const answerAll = async (list = LIST, revision = 1) => {
      for (const { offset, answer } of calls) answer.resolve(page(offset, list, revision));
      await settled();
    };
    return { calls, offsets, pages, answerAll, changes: () => changes };
  }

  it('asks for the pages of the rows in sight, each once, and gives their rows', async () => {
    const { pages, offsets, answerAll, changes } = setup();
    pages.need(150, 250);
    pages.need(150, 250);
    assert.deepEqual(offsets(), [0, 200]);
    assert.equal(pages.row(150), undefined);
    await answerAll();
    assert.equal(pages.row(150)?.id, 151);
    assert.equal(pages.row(250)?.id, 251);
    assert.equal(pages.matching, 1000);
    assert.equal(pages.total, 10_000);
    assert.equal(changes(), 2);
    pages.need(0, 399);
    assert.equal(offsets().length, 2, 'nothing is asked for twice');
  });

  it('cancels pages that went out of sight before they came', async () => {
    const { pages, calls, answerAll } = setup();
    pages.need(0, 10);
    pages.need(800, 810);
    assert.equal(calls[0]?.signal.aborted, true);
    await answerAll();
    assert.equal(pages.row(0), undefined);
    assert.equal(pages.row(800)?.id, 801);
  });

  it('keeps showing the old list until the first answer of the new one, then nothing of it', async () => {
    const { pages, calls, answerAll } = setup();
    pages.need(0, 399);
    await answerAll();
    pages.restart(2);
    assert.equal(pages.isOutdated, true);
    assert.equal(pages.row(300)?.id, 301);
    pages.need(0, 0);
    calls.at(-1)?.answer.resolve(page(0, [7, 8, 9], 2));
    await settled();
    assert.equal(pages.isOutdated, false);
    assert.equal(pages.row(0)?.id, 7);
    assert.equal(pages.row(300), undefined);
    assert.equal(pages.matching, 3);
  });

  it('drops late answers: to a question asked before a restart, and of an older revision', async () => {
    const { pages, calls } = setup();
    pages.need(0, 0);
    pages.restart(5);
    calls[0]?.answer.resolve(page(0, [1], 5));
    await settled();
    assert.equal(pages.row(0), undefined);
    pages.need(0, 0);
    calls[1]?.answer.resolve(page(0, [2], 4));
    await settled();
    assert.equal(pages.row(0), undefined);
    pages.need(0, 0);
    calls[2]?.answer.resolve(page(0, [3], 5));
    await settled();
    assert.equal(pages.row(0)?.id, 3);
  });

  it('reads changed data anew while the old rows stay in sight', async () => {
    const { pages, calls, offsets, answerAll } = setup();
    pages.need(0, 0);
    await answerAll();
    pages.refresh();
    assert.equal(pages.row(0)?.id, 1);
    pages.need(0, 0);
    assert.deepEqual(offsets(), [0, 0]);
    pages.refresh();
    calls[1]?.answer.resolve(page(0, [77, ...LIST], 2));
    await settled();
    assert.equal(pages.row(0)?.id, 77, 'an answer under way is shown, however often data changes');
    pages.need(0, 0);
    assert.equal(offsets().length, 3, 'and asked for again, for it may be old already');
  });

  it('keeps the pages used last and forgets others', async () => {
    const { pages, answerAll, offsets } = setup(2);
    pages.need(0, 399);
    await answerAll();
    pages.need(0, 0);
    pages.need(400, 400);
    await answerAll();
    assert.equal(pages.row(0)?.id, 1);
    assert.equal(pages.row(200), undefined, 'the page not used since is gone');
    pages.need(200, 200);
    assert.deepEqual(offsets(), [0, 200, 400, 200]);
  });

  it('tells of a failure, does not repeat it by itself, and tries again when told to', async () => {
    const { pages, calls, offsets } = setup();
    const error = new Error('disk');
    pages.need(0, 0);
    calls[0]?.answer.reject(error);
    await settled();
    assert.equal(pages.failure, error);
    pages.need(0, 0);
    assert.equal(offsets().length, 1);
    pages.retry();
    assert.equal(pages.failure, undefined);
    pages.need(0, 0);
    assert.equal(offsets().length, 2);
  });

  it('forgets rows and counts of another dataset', async () => {
    const { pages, answerAll } = setup();
    pages.need(0, 0);
    await answerAll();
    pages.clear();
    assert.equal(pages.row(0), undefined);
    assert.equal(pages.matching, undefined);
  });
});
