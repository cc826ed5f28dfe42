import * as assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';
import { indexJob } from '../../src/core/jobs/indexJob';
import { indexPathsJob } from '../../src/core/jobs/indexPathsJob';
import type { JobContext } from '../../src/core/jobs/jobContext';
import { tagJob } from '../../src/core/jobs/tagJob';
import { WorkerClient } from '../../src/core/workerClient';
import { WORKER_SCRIPT } from './commandLine';
import { ScratchImages } from './scratchImages';

describe('indexPathsJob', () => {
  let images: ScratchImages;
  let context: JobContext;
  let worker: WorkerClient;

  before(() => (worker = new WorkerClient({ script: WORKER_SCRIPT, log: () => undefined })));
  after(() => worker.dispose());

  beforeEach(async () => {
    images = await ScratchImages.make();
    await images.draw('a.jpg', 1);
    await images.draw('sub/b.jpg', 2);
    await images.draw('sub/c.jpg', 3);
    const location = await locateDataset(images.folder, { fallbackFolder: images.scratch });
    const dataset = await Dataset.open(location, { access: 'write' });
    const { signal } = new AbortController();
    context = { dataset, worker, signal, report: () => undefined, log: () => undefined };
    await indexJob(context, { exclude: [] });
    await tagJob(context, { provider: 'builtin', embedder: null, retry: 'due' });
  });
  afterEach(async () => {
    await context.dataset.close();
    await images.clean();
  });

  const takeIn = (paths: string[], exclude: string[] = []) =>
    indexPathsJob(context, { paths: paths.map((path) => images.file(path)), exclude });

  /** Path → id of the samples that are there, with a "?" for those that wait to be tagged. */
  async function present(): Promise<Record<string, string>> {
    const files = (await context.dataset.indexedFiles()).filter(({ missing }) => !missing);
    const samples = await context.dataset.samplesByIds(files.map(({ id }) => id));
    return Object.fromEntries(samples.map(({ path, id, status }) => [path, `${id}${status === 'pending' ? '?' : ''}`]));
  }

  it('takes in new and changed files', async () => {
    await images.draw('new.jpg', 10);
    await images.draw('sub/b.jpg', 11, 100, 50);
    const { processed, total } = await takeIn(['new.jpg', 'sub/b.jpg']);
    assert.deepEqual([processed, total], [2, 4]);
    assert.deepEqual(await present(), { 'a.jpg': '1', 'new.jpg': '4?', 'sub/b.jpg': '2?', 'sub/c.jpg': '3' });
    const [changed] = await context.dataset.samplesByIds([2]);
    assert.deepEqual([changed?.width, changed?.height], [100, 50]);
  });

  it('looks at nothing but the paths it is given', async () => {
    await images.draw('unseen.jpg', 10);
    await rm(images.file('a.jpg'));
    await takeIn(['sub/b.jpg']);
    assert.deepEqual(await present(), { 'a.jpg': '1', 'sub/b.jpg': '2', 'sub/c.jpg': '3' });
  });

  it('marks deleted files and folders as missing', async () => {
    await rm(images.file('sub'), { recursive: true });
    await takeIn(['sub']);
    assert.deepEqual(await present(), { 'a.jpg': '1' });
  });

  it('follows a rename told at once, in two parts in either order, and of a folder', async () => {
    await rename(images.file('a.jpg'), images.file('b.jpg'));
    await takeIn(['a.jpg', 'b.jpg']);
    assert.deepEqual(await present(), { 'b.jpg': '1', 'sub/b.jpg': '2', 'sub/c.jpg': '3' });
    await rename(images.file('b.jpg'), images.file('c.jpg'));
    await takeIn(['b.jpg']);
    await takeIn(['c.jpg']);
    assert.equal((await present())['c.jpg'], '1');
    await rename(images.file('c.jpg'), images.file('d.jpg'));
    await takeIn(['d.jpg']);
    await takeIn(['c.jpg']);
    assert.equal((await present())['d.jpg'], '1');
    await rename(images.file('sub'), images.file('other'));
    await takeIn(['sub', 'other']);
    assert.deepEqual(await present(), { 'd.jpg': '1', 'other/b.jpg': '2', 'other/c.jpg': '3' });
  });

  it('takes in a new folder with all that is in it', async () => {
    await images.draw('new/deep/x.jpg', 10);
    await images.draw('new/y.jpg', 11);
    await takeIn(['new', 'new/y.jpg', 'new/deep/x.jpg']);
    assert.deepEqual(Object.keys(await present()).sort(), [
      'a.jpg',
      'new/deep/x.jpg',
      'new/y.jpg',
      'sub/b.jpg',
      'sub/c.jpg',
    ]);
  });

  it('leaves out what is hidden, ignored or excluded, and what is no image', async () => {
    await writeFile(images.file('.gitignore'), 'ignored/\n');
    await indexJob(context, { exclude: [] });
    const names = ['.hidden/x.jpg', 'ignored/x.jpg', 'excluded/x.jpg'];
    for (const name of names) await images.draw(name, 10);
    await writeFile(images.file('notes.txt'), 'x');
    await takeIn([...names, 'notes.txt', '../outside.jpg'], ['**/excluded']);
    assert.deepEqual(Object.keys(await present()), ['a.jpg', 'sub/b.jpg', 'sub/c.jpg']);
  });

  it('looks at everything when an ignore file or a link changes', async () => {
    await writeFile(images.file('.gitignore'), 'sub/\n');
    await takeIn(['.gitignore']);
    assert.deepEqual(Object.keys(await present()), ['a.jpg']);
    await rm(images.file('.gitignore'));
    await mkdir(`${images.scratch}/outside`);
    await rename(images.file('sub'), `${images.scratch}/outside/sub`);
    await symlink(`${images.scratch}/outside`, images.file('linked'));
    await takeIn(['linked']);
    assert.deepEqual(await present(), { 'a.jpg': '1', 'linked/sub/b.jpg': '2', 'linked/sub/c.jpg': '3' });
  });

  it('adds a file once when a run and a watcher find it at the same time', async () => {
    await images.draw('new.jpg', 10);
    await Promise.all([indexJob(context, { exclude: [] }), takeIn(['new.jpg']), takeIn(['new.jpg'])]);
    assert.equal((await context.dataset.indexedFiles()).filter(({ path }) => path === 'new.jpg').length, 1);
  });
});
