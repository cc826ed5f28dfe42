import * as assert from 'node:assert/strict';
import { cp, mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '../../src/core/dataset';
import { runJson } from './commandLine';
import { ScratchImages } from './scratchImages';

describe('a second run of the command line', () => {
  let images: ScratchImages;
  beforeEach(async () => {
    images = await ScratchImages.make();
    await images.drawMany(6);
    await runJson(['run', images.folder]);
    await images.withDataset('write', async (dataset) => {
      await dataset.tagging.decide(
        { ids: Int32Array.of(await idOf(dataset, 'image-002.jpg')) },
        ['favourite'],
        'added',
        null,
      );
    });
  });
  afterEach(() => images.clean());

  async function idOf(dataset: Dataset, path: string): Promise<number> {
    const id = await dataset.sampleIdByPath(path);
    assert.ok(id !== null, `${path} is not in the index`);
    return id;
  }

  const sampleAt = (path: string) =>
    images.withDataset('write', async (dataset) => dataset.sample(await idOf(dataset, path)));

  it('does nothing when nothing changed', async () => {
    const { processed, index, counts, tags } = await runJson(['run', images.folder]);
    assert.equal(processed, 0);
    assert.deepEqual(index, { added: 0, changed: 0, moved: 0, missing: 0, found: 0 });
    assert.deepEqual([counts['completed'], tags['favourite']], [6, 1]);
  });

  it('tags what is new, and only that', async () => {
    await images.draw('new.jpg', 50);
    const { processed, index, counts } = await runJson(['run', images.folder]);
    assert.deepEqual([processed, index.added, counts['embedded'], counts['mapped']], [1, 1, 7, 7]);
  });

  it('tags a changed image anew and keeps what a person decided about it', async () => {
    const before = await sampleAt('image-002.jpg');
    await images.draw('image-002.jpg', 60, 200, 100);
    const { processed, index } = await runJson(['run', images.folder]);
    assert.deepEqual([processed, index.changed, index.added], [1, 1, 0]);
    const after = await sampleAt('image-002.jpg');
    assert.equal(after!.id, before!.id);
    assert.notEqual(after!.contentHash, before!.contentHash);
    assert.deepEqual([after!.width, after!.height, after!.status], [200, 100, 'completed']);
    assert.ok(after!.tags.includes('favourite'));
  });

  it('keeps everything of a touched image, its thumbnail too', async () => {
    const before = await sampleAt('image-002.jpg');
    await utimes(images.file('image-002.jpg'), 1_000_000, 1_000_000);
    const { processed, index } = await runJson(['run', images.folder]);
    assert.deepEqual([processed, index.changed, index.moved], [0, 0, 1]);
    const after = await sampleAt('image-002.jpg');
    assert.deepEqual({ ...after, mtimeMs: 0 }, { ...before, mtimeMs: 0 });
    assert.equal(after!.mtimeMs, 1_000_000_000);
    const again = await runJson(['run', images.folder]);
    assert.deepEqual(again.index, { added: 0, changed: 0, moved: 0, missing: 0, found: 0 });
    const thumbnails = await readdir(images.file('.datavisor/thumbnails'), { recursive: true });
    assert.ok(thumbnails.some((name) => name.endsWith(`${after!.id}-${(1_000_000_000).toString(36)}.jpg`)));
  });

  it('follows renamed and moved images', async () => {
    const before = await sampleAt('image-002.jpg');
    await mkdir(images.file('best/of'), { recursive: true });
    await rename(images.file('image-002.jpg'), images.file('best/of/it.jpg'));
    await rename(images.file('image-003.jpg'), images.file('swap'));
    await rename(images.file('image-004.jpg'), images.file('image-003.jpg'));
    await rename(images.file('swap'), images.file('image-004.jpg'));
    const third = await sampleAt('image-003.jpg');
    const { processed, index, total } = await runJson(['run', images.folder]);
    assert.deepEqual([total, processed, index.moved, index.added, index.missing], [6, 0, 3, 0, 0]);
    const after = await sampleAt('best/of/it.jpg');
    assert.deepEqual({ ...after, path: '', mtimeMs: 0 }, { ...before, path: '', mtimeMs: 0 });
    assert.equal((await sampleAt('image-004.jpg'))!.id, third!.id, 'swapped names swap the samples');
  });

  it('marks vanished images as missing, and finds them again', async () => {
    const before = await sampleAt('image-002.jpg');
    await rename(images.file('image-002.jpg'), join(images.scratch, 'away.jpg'));
    const gone = await runJson(['run', images.folder]);
    assert.deepEqual([gone.total, gone.index.missing, gone.counts['missing']], [5, 1, 1]);
    assert.equal(gone.tags['favourite'], undefined);
    const still = await runJson(['run', images.folder]);
    assert.deepEqual([still.index.missing, still.counts['missing']], [0, 1]);
    await rename(join(images.scratch, 'away.jpg'), images.file('back.jpg'));
    const back = await runJson(['run', images.folder]);
    assert.deepEqual([back.total, back.index.moved, back.processed, back.tags['favourite']], [6, 1, 0, 1]);
    assert.equal((await sampleAt('back.jpg'))!.id, before!.id);
  });

  it('finds images that are back at their place', async () => {
    await rename(images.folder, join(images.scratch, 'mounted'));
    await mkdir(images.folder);
    await rename(join(images.scratch, 'mounted', '.datavisor'), images.file('.datavisor'));
    const away = await runJson(['index', images.folder]);
    assert.deepEqual([away.total, away.counts['missing']], [0, 6]);
    for (const name of await readdir(join(images.scratch, 'mounted')))
      await rename(join(images.scratch, 'mounted', name), images.file(name));
    const back = await runJson(['run', images.folder]);
    assert.deepEqual([back.total, back.index.found, back.processed, back.tags['favourite']], [6, 6, 0, 1]);
  });

  it('takes a copy for a new image and marks both as duplicates', async () => {
    await cp(images.file('image-001.jpg'), images.file('copy.jpg'));
    const { total, index, tags } = await runJson(['run', images.folder]);
    assert.deepEqual([total, index.added, index.moved, tags['exact-duplicate']], [7, 1, 0, 2]);
    await rm(images.file('copy.jpg'));
    const { tags: after } = await runJson(['run', images.folder]);
    assert.equal(after['exact-duplicate'], undefined);
  });

  it('reads an image that could not be read before, and others only when asked to', async () => {
    await writeFile(images.file('odd.png'), 'not yet');
    assert.equal((await runJson(['tag', images.folder])).failed.length, 1);
    assert.equal((await runJson(['tag', images.folder])).processed, 0);
    await images.withDataset('write', async (dataset) => {
      const id = await idOf(dataset, 'image-001.jpg');
      const run = await dataset.beginRun({ kind: 'tag', model: 'builtin', settings: {} });
      const failure = { ok: false, id, code: 'decoder-crash', message: 'crashed' } as const;
      await dataset.commitAnalyses(run, { provider: 'builtin', embedder: null }, [failure]);
      await dataset.endRun(run, 'done', { processed: 0, failed: 1, error: null });
    });
    const skipped = await runJson(['tag', images.folder]);
    assert.deepEqual([skipped.processed, skipped.failed.length], [0, 2]);
    const retried = await runJson(['tag', images.folder, '--retry-failed']);
    assert.deepEqual([retried.processed, retried.failed.map(({ path }) => path)], [1, ['odd.png']]);
  });

  it('fits the embedding anew once the dataset has grown by more than a fifth', async () => {
    const firstVector = () =>
      images.withDataset('write', async (dataset) => {
        const { vectors, length } = await dataset.readEmbeddings('visual-look');
        return vectors.slice(0, length);
      });
    const before = await firstVector();
    await images.draw('seventh.jpg', 70);
    assert.equal((await runJson(['run', images.folder])).counts['embedded'], 7);
    assert.deepEqual(await firstVector(), before);
    await images.draw('eighth.jpg', 80);
    await images.draw('ninth.jpg', 90);
    const { counts } = await runJson(['run', images.folder]);
    assert.deepEqual([counts['embedded'], counts['mapped']], [9, 9]);
    assert.notDeepEqual(await firstVector(), before);
  });
});
