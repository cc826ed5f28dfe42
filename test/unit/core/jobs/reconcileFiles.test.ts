import * as assert from 'node:assert/strict';
import type { IndexedFile } from '../../../../src/core/indexChange';
import { reconcileFiles, type Arrival } from '../../../../src/core/jobs/reconcileFiles';

const sample = (id: number, path: string, content: string | null, more: Partial<IndexedFile> = {}): IndexedFile => ({
  id,
  path,
  size: content?.length ?? 10,
  mtimeMs: 1000 + id,
  contentHash: content,
  missing: false,
  hasHeader: true,
  ...more,
});

/** A file whose hash is its content, as far as this test goes. */
interface Written {
  path: string;
  content: string;
  mtimeMs?: number;
  previous?: IndexedFile;
}

async function reconcile(written: readonly Written[], lost: readonly IndexedFile[]) {
  const hashed: string[] = [];
  const contents = new Map(written.map(({ path, content }) => [path, content]));
  const arrivals = written.map(({ path, content, mtimeMs = 5000, previous = null }): Arrival => {
    return { file: { path, size: content.length, mtimeMs }, previous };
  });
  const change = await reconcileFiles(arrivals, lost, async (files) => {
    hashed.push(...files.map(({ path }) => path));
    return files.map(({ path }) => contents.get(path) ?? null);
  });
  return { ...change, hashed };
}

const moves = (moved: readonly { id: number; path: string }[]) => moved.map(({ id, path }) => `${id} ${path}`);

describe('reconcileFiles', () => {
  it('takes a new file for new without reading it when nothing of its size was lost', async () => {
    const { added, hashed, missing } = await reconcile([{ path: 'new.jpg', content: 'abc' }], [sample(1, 'a', 'abcd')]);
    assert.deepEqual(added, [{ path: 'new.jpg', size: 3, mtimeMs: 5000 }]);
    assert.deepEqual([hashed, missing], [[], [1]]);
  });

  it('follows a renamed file by its bytes', async () => {
    const { moved, added, missing } = await reconcile(
      [
        { path: 'b.jpg', content: 'abc' },
        { path: 'c.jpg', content: 'xyz' },
      ],
      [sample(1, 'a.jpg', 'abc')],
    );
    assert.deepEqual(moved, [{ id: 1, path: 'b.jpg', mtimeMs: 5000 }]);
    assert.deepEqual([added.map(({ path }) => path), missing], [['c.jpg'], []]);
  });

  it('keeps a touched file and resets a changed one', async () => {
    const touched = sample(1, 'a.jpg', 'abc');
    const changed = sample(2, 'b.jpg', 'def');
    const result = await reconcile(
      [
        { path: 'a.jpg', content: 'abc', previous: touched },
        { path: 'b.jpg', content: 'DEF', previous: changed },
      ],
      [touched, changed],
    );
    assert.deepEqual(result.moved, [{ id: 1, path: 'a.jpg', mtimeMs: 5000 }]);
    assert.deepEqual(result.changed, [{ id: 2, size: 3, mtimeMs: 5000 }]);
    assert.deepEqual([result.added, result.missing], [[], []]);
  });

  it('follows swapped names', async () => {
    const a = sample(1, 'a.jpg', 'abc');
    const b = sample(2, 'b.jpg', 'wxyz');
    const { moved, changed } = await reconcile(
      [
        { path: 'a.jpg', content: 'wxyz', previous: a },
        { path: 'b.jpg', content: 'abc', previous: b },
      ],
      [a, b],
    );
    assert.deepEqual([moves(moved), changed], [['2 a.jpg', '1 b.jpg'], []]);
  });

  it('follows names that were shifted by an inserted file', async () => {
    const one = sample(1, '1.jpg', 'first');
    const two = sample(2, '2.jpg', 'second');
    const { moved, added, changed, missing } = await reconcile(
      [
        { path: '1.jpg', content: 'inserted!', previous: one },
        { path: '2.jpg', content: 'first', previous: two },
        { path: '3.jpg', content: 'second' },
      ],
      [one, two],
    );
    assert.deepEqual(moves(moved), ['1 2.jpg', '2 3.jpg']);
    assert.deepEqual([added.map(({ path }) => path), changed, missing], [['1.jpg'], [], []]);
  });

  it('knows a file that was moved over another', async () => {
    const a = sample(1, 'a.jpg', 'abc');
    const b = sample(2, 'b.jpg', 'wxyz');
    const result = await reconcile([{ path: 'a.jpg', content: 'wxyz', previous: a }], [a, b]);
    assert.deepEqual([moves(result.moved), result.missing, result.changed], [['2 a.jpg'], [1], []]);
  });

  it('prefers the copy of the same name, and one that was there until now', async () => {
    const old = sample(1, 'x/a.jpg', 'abc', { missing: true });
    const other = sample(2, 'x/b.jpg', 'abc');
    const same = sample(3, 'x/c.jpg', 'abc');
    const { moved, missing } = await reconcile([{ path: 'y/c.jpg', content: 'abc' }], [old, other, same]);
    assert.deepEqual([moves(moved), missing], [['3 y/c.jpg'], [2]]);
    const again = await reconcile([{ path: 'y/a.jpg', content: 'abc' }], [old, other]);
    assert.deepEqual(moves(again.moved), ['2 y/a.jpg']);
  });

  it('follows a sample without a hash by its size and time when those are its own', async () => {
    const unhashed = sample(1, 'a.jpg', null, { size: 3, mtimeMs: 7000.4 });
    const { moved, hashed } = await reconcile([{ path: 'b.jpg', content: 'abc', mtimeMs: 7000 }], [unhashed]);
    assert.deepEqual([moves(moved), hashed], [['1 b.jpg'], []]);
    const twins = [unhashed, sample(2, 'c.jpg', null, { size: 3, mtimeMs: 7000 })];
    const unclear = await reconcile([{ path: 'b.jpg', content: 'abc', mtimeMs: 7000 }], twins);
    assert.deepEqual([unclear.moved, unclear.added.length, unclear.missing], [[], 1, [1, 2]]);
  });

  it('does not report a missing sample as missing again', async () => {
    const { missing } = await reconcile([], [sample(1, 'a.jpg', 'abc', { missing: true })]);
    assert.deepEqual(missing, []);
  });

  it('takes a file that cannot be read for a changed one', async () => {
    const before = sample(1, 'a.jpg', 'abc');
    const arrival: Arrival = { file: { path: 'a.jpg', size: 3, mtimeMs: 9 }, previous: before };
    const { changed, moved } = await reconcileFiles([arrival], [before], async () => [null]);
    assert.deepEqual([changed.map(({ id }) => id), moved], [[1], []]);
  });
});
