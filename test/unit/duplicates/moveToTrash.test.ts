import * as assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveToTrash, NoTrashError, type Trash } from '../../../src/core/duplicates/moveToTrash';

const { signal } = new AbortController();

describe('moving to the trash', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datavisor-trash-'));
    await mkdir(join(folder, 'trash'));
    await writeFile(join(folder, 'kept'), 'of all groups');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Real files, and a folder for a trash. */
  function trash(): Trash {
    return {
      stat: async (path) => {
        const { size, mtimeMs } = await stat(join(folder, path));
        return { size, mtimeMs };
      },
      move: (path) => rename(join(folder, path), join(folder, 'trash', path)),
    };
  }

  async function files(...names: string[]) {
    return Promise.all(
      names.map(async (path, index) => {
        await writeFile(join(folder, path), path);
        const { size, mtimeMs } = await stat(join(folder, path));
        return { id: index + 1, path, size, mtimeMs, staying: ['kept'] };
      }),
    );
  }

  it('moves all, and tells how far it is', async () => {
    const steps: number[] = [];
    const outcome = await moveToTrash(await files('a', 'b'), trash(), signal, (done) => steps.push(done));
    assert.deepEqual(outcome, { moved: [1, 2], failed: [] });
    assert.deepEqual(steps, [1, 2]);
    assert.deepEqual((await readdir(join(folder, 'trash'))).sort(), ['a', 'b']);
  });

  it('is not stopped by a file that is gone, nor takes one that has changed', async () => {
    const all = await files('gone', 'other', 'touched', 'fine');
    await rm(join(folder, 'gone'));
    await writeFile(join(folder, 'other'), 'another image');
    await utimes(join(folder, 'touched'), 1, 1);
    const { moved, failed } = await moveToTrash(all, trash(), signal);
    assert.deepEqual(moved, [4]);
    assert.deepEqual(
      failed.map(({ path }) => path),
      ['gone', 'other', 'touched'],
    );
    assert.match(failed[0].reason, /ENOENT/);
    assert.match(failed[1].reason, /has changed/);
    assert.deepEqual(await readdir(join(folder, 'trash')), ['fine']);
  });

  it('leaves a file of whose group nothing else is there', async () => {
    const [alone, fine] = await files('alone', 'fine');
    const both = [
      { ...alone, staying: ['gone'] },
      { ...fine, staying: ['gone', 'kept'] },
    ];
    const { moved, failed } = await moveToTrash(both, trash(), signal);
    assert.deepEqual([moved, failed.map(({ path }) => path)], [[2], ['alone']]);
    assert.match(failed[0].reason, /image to keep/);
  });

  it('refuses where there is no trash, and has then moved nothing', async () => {
    const none: Trash = { ...trash(), move: () => Promise.reject(new NoTrashError('no trash here')) };
    await assert.rejects(moveToTrash(await files('a', 'b'), none, signal), { code: 'no-trash' });
    assert.deepEqual((await readdir(folder)).sort(), ['a', 'b', 'kept', 'trash']);
  });

  it('stops when it is cancelled, and keeps count of what was moved', async () => {
    const stop = new AbortController();
    const outcome = await moveToTrash(await files('a', 'b', 'c'), trash(), stop.signal, () => stop.abort());
    assert.deepEqual(outcome, { moved: [1], failed: [] });
  });
});
