import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import sharp from 'sharp';
import type { Dataset } from '../../src/core/dataset';
import { indexJob } from '../../src/core/jobs/indexJob';
import { makeThumbnails } from '../../src/core/jobs/makeThumbnails';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { ThumbnailFill } from '../../src/core/thumbnailFill';
import { thumbnailPath } from '../../src/core/thumbnailPath';
import { WorkerClient } from '../../src/core/workerClient';
import { WORKER_SCRIPT } from './commandLine';
import { ScratchImages } from './scratchImages';

describe('thumbnails made in the background', function () {
  this.timeout(120_000);
  let images: ScratchImages;
  let worker: WorkerClient;

  beforeEach(async () => {
    images = await ScratchImages.make();
    worker = new WorkerClient({
      script: WORKER_SCRIPT,
      lowPriority: true,
      env: { UV_THREADPOOL_SIZE: '2' },
      log: () => undefined,
    });
  });
  afterEach(async () => {
    await worker.dispose();
    await images.clean();
  });

  async function indexed(use: (dataset: Dataset) => Promise<void>): Promise<void> {
    await images.withDataset('write', async (dataset) => {
      const { signal } = new AbortController();
      await indexJob({ dataset, worker, signal, report: () => undefined, log: () => undefined }, { exclude: [] });
      await use(dataset);
    });
  }

  async function recordOf(dataset: Dataset) {
    const samples = await dataset.samplesByIds([...(await dataset.sampleIds(NO_FILTER))]);
    return samples.map((sample) => ({ ...sample, thumbnail: thumbnailPath(dataset.location, sample) }));
  }

  it('are there for every image of an indexed folder that can be decoded; nothing else changes', async () => {
    const names = await images.drawMany(40);
    const whole = await readFile(images.file(names[7]));
    await writeFile(images.file('broken.jpg'), whole.subarray(0, 0.6 * whole.length)); // with all of its header
    await indexed(async (dataset) => {
      const [before, countsBefore] = [await recordOf(dataset), await dataset.counts()];
      const failed: number[] = [];
      const fill = new ThumbnailFill(
        dataset,
        (samples, signal) => makeThumbnails(worker, dataset.location, samples, signal),
        (failures) => failed.push(...failures.map(({ id }) => id)),
      );
      while (await fill.step(new AbortController().signal));
      const lacking = before.filter(({ thumbnail }) => !existsSync(thumbnail));
      assert.deepEqual(
        lacking.map(({ path }) => path),
        ['broken.jpg'],
      );
      assert.deepEqual(
        failed,
        lacking.map(({ id }) => id),
      );
      assert.equal((await sharp(before[1].thumbnail).metadata()).format, 'jpeg');
      assert.deepEqual(await recordOf(dataset), before);
      assert.deepEqual(await dataset.counts(), countsBefore);
    });
  });

  it('are given up on a signal', async () => {
    await images.drawMany(8);
    await indexed(async (dataset) => {
      const controller = new AbortController();
      const made = makeThumbnails(worker, dataset.location, await recordOf(dataset), controller.signal);
      controller.abort();
      await assert.rejects(made, { name: 'AbortError' });
    });
  });

  it('are made by a process that gives way to every other', async () => {
    await images.drawMany(1);
    await indexed(() => {
      assert.equal(getPriority(worker.pid), constants.priority.PRIORITY_LOW);
      return Promise.resolve();
    });
  });
});
