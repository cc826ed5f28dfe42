import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AnalysisFailure, Dataset, SampleRecord } from '../../../src/core/dataset';
import { ThumbnailFill } from '../../../src/core/thumbnailFill';
import { thumbnailPath } from '../../../src/core/thumbnailPath';
import { addSamples, NO_CHANGE, TemporaryDatasets } from './temporaryDataset';

describe('the making of thumbnails that a dataset lacks', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  async function setup(paths: readonly string[]) {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, paths);
    const asked: string[][] = [];
    const told: string[] = [];
    let makeOne: (sample: SampleRecord) => Promise<AnalysisFailure | null> = async (sample) => {
      await write(dataset, sample);
      return null;
    };
    const fill = new ThumbnailFill(
      dataset,
      async (samples, signal) => {
        asked.push(samples.map(({ path }) => path));
        const failures: AnalysisFailure[] = [];
        for (const sample of samples) {
          const failure = await makeOne(sample);
          signal.throwIfAborted();
          if (failure) failures.push(failure);
        }
        return failures;
      },
      (failures, tried) => told.push(`${failures.length} of ${tried}: ${failures[0].message}`),
    );
    const steps = async () => {
      let count = 0;
      while (await fill.step(new AbortController().signal)) count++;
      return count;
    };
    const behave = (as: typeof makeOne) => (makeOne = as);
    return { dataset, ids, asked, told, fill, steps, behave };
  }

  async function write(dataset: Dataset, sample: { id: number; mtimeMs: number }): Promise<void> {
    const file = thumbnailPath(dataset.location, sample);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, '');
  }

  const names = (count: number) => Array.from({ length: count }, (_, i) => `${String(i).padStart(4, '0')}.jpg`);

  it('goes by path in small batches, leaves out what is there, and ends', async () => {
    const paths = names(600);
    const { dataset, ids, asked, steps } = await setup([...paths].reverse());
    const some = await dataset.samplesByIds(ids.filter((_, i) => i % 3 === 0));
    for (const sample of some) await write(dataset, sample);
    await steps();
    const there = new Set(some.map(({ path }) => path));
    assert.deepEqual(
      asked.flat(),
      paths.filter((path) => !there.has(path)),
    );
    assert.ok(asked.every((batch) => batch.length <= 32));
    assert.equal(await steps(), 0);
  });

  it('leaves out missing files and those that a run could not read', async () => {
    const { dataset, ids, asked, steps } = await setup(names(3));
    await dataset.commitHeaders([{ id: ids[0], code: 'not-an-image', message: 'This is a text.' }]);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[1]] });
    await steps();
    assert.deepEqual(asked, [['0002.jpg']]);
  });

  it('goes on where it was stopped', async () => {
    const { asked, fill, steps, behave, dataset } = await setup(names(40));
    const controller = new AbortController();
    behave(async (sample) => {
      await write(dataset, sample);
      if (sample.path === '0004.jpg') controller.abort();
      return null;
    });
    await assert.rejects(fill.step(controller.signal), { name: 'AbortError' });
    asked.length = 0;
    await steps();
    assert.deepEqual(asked.flat(), names(40).slice(5));
  });

  it('tries what cannot be decoded once, tells of it, and tries it again when the file changes', async () => {
    const { dataset, ids, asked, told, steps, behave } = await setup(names(3));
    behave(async (sample) => {
      if (sample.id === ids[1]) return { ok: false, id: sample.id, code: 'not-an-image', message: 'This is a text.' };
      await write(dataset, sample);
      return null;
    });
    await steps();
    assert.deepEqual(told, ['1 of 3: This is a text.']);
    await addSamples(dataset, ['later.jpg']); // has it look at everything again
    asked.length = 0;
    await steps();
    assert.deepEqual(asked, [['later.jpg']]);
    const mtimeMs = 1_800_000_000_000;
    const changed = { id: ids[1], size: 5, mtimeMs };
    await dataset.commitIndex({ ...NO_CHANGE, changed: [changed] });
    asked.length = 0;
    await steps();
    assert.deepEqual(asked, [['0001.jpg']]);
  });

  it('looks at nothing again when a person tags', async () => {
    const { dataset, ids, steps, asked } = await setup(names(3));
    await steps();
    const before = await dataset.showableImages();
    await dataset.tagging.decide({ ids: Int32Array.of(ids[0]) }, ['mine'], 'added', null);
    assert.equal(await dataset.showableImages(), before);
    assert.equal(await steps(), 0);
    assert.equal(asked.length, 1);
  });
});
