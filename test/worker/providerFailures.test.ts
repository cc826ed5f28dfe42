import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';
import { indexJob } from '../../src/core/jobs/indexJob';
import type { JobContext, JobProgress } from '../../src/core/jobs/jobContext';
import { modelTagJob, type ModelTagOptions } from '../../src/core/jobs/modelTagJob';
import { tagJob } from '../../src/core/jobs/tagJob';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { WorkerClient } from '../../src/core/workerClient';
import { readManifest } from '../../src/protocol/modelManifest';
import { fussyReplica } from '../fixtures/models/fussyReplica';
import { writeReplica } from '../fixtures/models/modelFolder';
import { WORKER_SCRIPT } from './commandLine';
import { SETTING } from './modelRequests';
import { ScratchImages } from './scratchImages';

const MODEL = 'clip-vit-base-patch32';
const MINUTES = 60_000;

describe('a model that fails at some images', function () {
  this.timeout(120_000);
  const { now } = Date;
  let images: ScratchImages;
  let dataset: Dataset;
  let worker: WorkerClient;
  let context: JobContext;
  /** Added to the clock of the jobs. */
  let later: number;

  beforeEach(async () => {
    later = 0;
    Date.now = () => now() + later;
    images = await ScratchImages.make();
    worker = new WorkerClient({ script: WORKER_SCRIPT, log: () => undefined });
    const location = await locateDataset(images.folder, { fallbackFolder: images.scratch });
    dataset = await Dataset.open(location, { access: 'write' });
    const { signal } = new AbortController();
    context = { dataset, worker, signal, report: () => undefined, log: () => undefined };
  });
  afterEach(async () => {
    Date.now = now;
    await worker.dispose();
    await dataset.close();
    await images.clean();
  });

  function fussy(): ModelTagOptions {
    const { weights } = readManifest(JSON.parse(readFileSync(join('models', `${MODEL}.json`), 'utf8')));
    const folder = writeReplica(fussyReplica(), images.scratch);
    const model = { name: MODEL, weights: weights!, folder, dtype: 'q8', device: 'cpu' } as const;
    const nothingElse = { freeTags: 0, caption: false, embed: false };
    return { model, manifestRevision: '1', dimensions: [SETTING], ...nothingElse };
  }
  async function drawWhite(...names: string[]): Promise<void> {
    for (const name of names) {
      await sharp({ create: { width: 64, height: 64, channels: 3, background: '#fff' } })
        .png()
        .toFile(images.file(name));
    }
  }
  const index = () => indexJob(context, { exclude: [] });
  const failures = async () => (await dataset.runHistory.failures({ provider: MODEL, offset: 0, limit: 50 })).rows;

  it('answers for the others, and leaves what the built-in tagger said of those', async () => {
    await images.drawMany(12);
    await drawWhite('image-000-white.png', 'image-006-white.png');
    await index();
    await tagJob(context, { provider: 'builtin', embedder: null, retry: 'due' });
    const outcome = await modelTagJob(context, fussy());
    assert.deepEqual(
      [outcome.processed, outcome.failed.map(({ path }) => path).sort()],
      [12, ['image-000-white.png', 'image-006-white.png']],
    );
    const [failure] = await failures();
    assert.deepEqual([failure?.provider, failure?.code, failure?.attempts], [MODEL, 'inference-failed', 1]);
    assert.match(failure.reason, /^The model failed at this image: .{10,300}\. It is tried again later\.$/);
    assert.ok(!/\n|\bat .*:\d+/.test(failure.reason), failure.reason);
    assert.deepEqual(await dataset.counts().then(({ completed, failed }) => [completed, failed]), [14, 0]);
    const [white] = (await dataset.page(NO_FILTER, { offset: 0, limit: 1, sort: 'path', descending: false })).rows;
    assert.deepEqual([white?.path, white?.status, white?.error], ['image-000-white.png', 'completed', null]);
  });

  it('is asked again about them when their time has come, or when a person wants it', async () => {
    await images.drawMany(5);
    await drawWhite('white.png');
    await index();
    await modelTagJob(context, fussy());
    const again = await modelTagJob(context, fussy());
    assert.deepEqual([again.processed, again.failed.length, again.device], [0, 0, null]);
    assert.equal((await failures())[0]?.attempts, 1);
    await modelTagJob(context, { ...fussy(), retry: 'only-failed' });
    assert.equal((await failures())[0]?.attempts, 2);
    later = 10 * MINUTES;
    await modelTagJob(context, fussy());
    assert.equal((await failures())[0]?.attempts, 3);

    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#700' } })
      .png()
      .toFile(images.file('white.png'));
    await index();
    assert.equal((await modelTagJob(context, fussy())).processed, 1);
    assert.deepEqual(await failures(), []);
  });

  it('is asked once more at the end of a run that took long enough', async () => {
    await images.drawMany(5);
    await drawWhite('image-000-white.png');
    await index();
    const report = ({ stage, failed }: JobProgress) => {
      if (stage === 'tag' && failed > 0) later = 5 * MINUTES;
    };
    const outcome = await modelTagJob({ ...context, report }, fussy());
    assert.deepEqual([outcome.processed, outcome.failed.length, (await failures())[0]?.attempts], [5, 1, 2]);
  });

  it('is at fault itself when it has not passed a single one', async () => {
    await drawWhite('1.png', '2.png', '3.png', '4.png', '5.png');
    await index();
    await assert.rejects(modelTagJob(context, fussy()), { code: 'model-unusable' });
    assert.ok((await failures()).length < 5);
  });
});
