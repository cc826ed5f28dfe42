import assert from 'node:assert/strict';
import type { SampleRow } from '../../../src/protocol/viewApi';
import { UserError } from '../../../src/protocol/userError';
import { LONGEST_RANGE, rangeIds } from '../../../webview/panel/grid/rangeIds';

const row = (index: number) => ({ id: index + 1000 }) as SampleRow;

describe('ids of a range', () => {
  it('takes rows at hand and asks for the others, in list order whichever way the range was drawn', async () => {
    const asked: [number, number][] = [];
    const fetchRows = (offset: number, limit: number) => {
      asked.push([offset, limit]);
      return Promise.resolve({ rows: Array.from({ length: limit }, (_, at) => row(offset + at)) });
    };
    const pages = { row: (index: number) => (index < 200 ? row(index) : undefined) };
    const ids = await rangeIds(pages, 899, 190, fetchRows);
    assert.deepEqual(
      ids,
      Array.from({ length: 710 }, (_, at) => 1190 + at),
    );
    assert.deepEqual(asked, [
      [200, 500],
      [700, 200],
    ]);
  });

  it('ends where the list ends', async () => {
    const ids = await rangeIds({ row: () => undefined }, 0, 99, (offset) =>
      Promise.resolve({ rows: offset === 0 ? [row(0), row(1)] : [] }),
    );
    assert.deepEqual(ids, [1000, 1001]);
  });

  it('refuses a range too long to be sent', async () => {
    await assert.rejects(
      rangeIds({ row }, 0, LONGEST_RANGE, () => Promise.reject(new Error('not asked'))),
      (error) => error instanceof UserError && error.code === 'range-too-long',
    );
  });
});
