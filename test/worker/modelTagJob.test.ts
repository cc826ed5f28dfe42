import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';
import { indexJob } from '../../src/core/jobs/indexJob';
import type { JobContext, JobProgress } from '../../src/core/jobs/jobContext';
import { modelEmbedJob } from '../../src/core/jobs/modelEmbedJob';
import { modelTagJob, type ModelTagOptions } from '../../src/core/jobs/modelTagJob';
import { projectJob } from '../../src/core/jobs/projectJob';
import { tagJob } from '../../src/core/jobs/tagJob';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { thumbnailPath } from '../../src/core/thumbnailPath';
import { WorkerClient } from '../../src/core/workerClient';
import { UserError } from '../../src/protocol/userError';
import type { ModelQuestions } from '../../src/protocol/workerApi';
import { WORKER_SCRIPT } from './commandLine';
import { requestFor, SETTING, TIME } from './modelRequests';
import { ScratchImages } from './scratchImages';

/** The real worker, except that it dies at an image that says so, once or each time, and while loading where a file does. */
const DEADLY_WORKER = `
const { existsSync, writeFileSync, appendFileSync } = require('node:fs');
const { join } = require('node:path');
const paths = new Map();
process.on('message', ({ method, params }) => {
  if (method === 'askModel') for (const { id, path } of params.items) paths.set(id, path);
  if (method !== 'loadModel' || !existsSync(join(__dirname, 'cannot-load'))) return;
  appendFileSync(join(__dirname, 'cannot-load'), 'x');
  process.kill(process.pid, 'SIGKILL');
});
const send = process.send.bind(process);
process.send = (message, ...rest) => {
  const result = send(message, ...rest);
  const path = message.kind === 'progress' ? paths.get(message.value.started) : undefined;
  const once = join(__dirname, 'was-unlucky');
  if (path?.includes('unlucky') && !existsSync(once)) {
    writeFileSync(once, '');
    process.kill(process.pid, 'SIGKILL');
  }
  if (path?.includes('deadly')) process.kill(process.pid, 'SIGSEGV');
  return result;
};
require(${JSON.stringify(WORKER_SCRIPT)});
`;

/** Remembers what models were asked. */
class WatchedWorker extends WorkerClient {
  readonly asked: { ids: number[]; questions: ModelQuestions }[] = [];

  override call: WorkerClient['call'] = (method, params, options) => {
    if (method === 'askModel') {
      const { items, questions } = params as unknown as { items: { id: number }[]; questions: ModelQuestions };
      this.asked.push({ ids: items.map(({ id }) => id), questions });
    }
    return super.call(method, params, options);
  };
}

describe('jobs of models that come as files', function () {
  this.timeout(120_000);
  let images: ScratchImages;
  let dataset: Dataset;
  let worker: WatchedWorker;
  let progress: JobProgress[];
  let controller: AbortController;
  let context: JobContext;
  let logged: string[];

  beforeEach(async () => {
    images = await ScratchImages.make();
    [progress, logged] = [[], []];
    controller = new AbortController();
    const script = join(images.scratch, 'deadlyWorker.js');
    await writeFile(script, DEADLY_WORKER);
    worker = new WatchedWorker({ script, log: () => undefined });
    const location = await locateDataset(images.folder, { fallbackFolder: images.scratch });
    dataset = await Dataset.open(location, { access: 'write' });
    const report = (state: JobProgress) => progress.push(state);
    context = { dataset, worker, signal: controller.signal, report, log: (line) => logged.push(line) };
  });
  afterEach(async () => {
    await worker.dispose();
    await dataset.close();
    await images.clean();
  });

  /** One plain image of each colour, whose answers are known: warm is indoors, bright is day. */
  async function drawColors(): Promise<void> {
    const colors = {
      'warm-bright': '#ff7070',
      'warm-dark': '#700000',
      'cold-bright': '#7070ff',
      'cold-dark': '#000070',
    };
    for (const [name, background] of Object.entries(colors)) {
      await sharp({ create: { width: 96, height: 64, channels: 3, background } })
        .png()
        .toFile(images.file(`${name}.png`));
    }
    await indexJob(context, { exclude: [] });
  }

  async function drawMany(count: number, ...others: string[]): Promise<void> {
    await images.drawMany(count);
    for (const [index, name] of others.entries()) await images.draw(name, 90 + index);
    await indexJob(context, { exclude: [] });
  }

  const clip = (other: Partial<ModelTagOptions> = {}): ModelTagOptions => ({
    model: requestFor('clip-vit-base-patch32', images.scratch),
    manifestRevision: '1',
    dimensions: [SETTING, TIME],
    freeTags: 0,
    caption: false,
    embed: false,
    ...other,
  });

  /** Path → what is known of it, without what differs from run to run. */
  async function everything(): Promise<Record<string, unknown>> {
    const known: Record<string, unknown> = {};
    for (const id of await dataset.sampleIds(NO_FILTER)) {
      const { path, status, error, tags, predictions } = (await dataset.sample(id))!;
      known[path] = { status, error, tags, predictions };
    }
    return known;
  }

  it('tag images that nobody has looked at before, and make their thumbnails', async () => {
    await drawColors();
    const outcome = await modelTagJob(context, clip());
    assert.deepEqual(
      [outcome.total, outcome.processed, outcome.failed, outcome.device, outcome.fallback],
      [4, 4, [], 'cpu', null],
    );
    const { rows } = await dataset.page(NO_FILTER, { offset: 0, limit: 10, sort: 'path', descending: false });
    assert.deepEqual(Object.fromEntries(rows.map(({ path, tags }) => [path, tags])), {
      'cold-bright.png': ['day', 'outdoor'],
      'cold-dark.png': ['night', 'outdoor'],
      'warm-bright.png': ['day', 'indoor'],
      'warm-dark.png': ['indoor', 'night'],
    });
    for (const row of rows) {
      assert.equal(row.status, 'completed');
      assert.ok(existsSync(thumbnailPath(dataset.location, row)), row.path);
      assert.notEqual((await dataset.sample(row.id))?.measures.lightness, null);
    }
    const all = (await dataset.sample(rows[0].id))!.predictions;
    for (const dimension of ['setting', 'time']) {
      const sum = all.filter((said) => said.dimension === dimension).reduce((total, { score }) => total + score, 0);
      assert.ok(Math.abs(sum - 100) < 0.1, `${dimension}: ${sum}`);
    }
  });

  it('report loading as part of the progress, and what the model runs on', async () => {
    await drawMany(6);
    await modelTagJob(context, clip());
    const stages = [...new Set(progress.map(({ stage }) => stage))];
    assert.deepEqual(stages, ['index', 'load', 'tag']);
    const loading = progress.filter(({ stage }) => stage === 'load');
    assert.deepEqual([loading[0]?.done, loading.at(-1)?.done, loading.at(-1)?.total], [0, 100, 100]);
    const last = progress.at(-1);
    assert.deepEqual([last?.done, last?.total, last?.failed, last?.loaded?.device], [6, 6, 0, 'cpu']);
  });

  it('ask only what is new or has changed, and nothing when nothing is', async () => {
    await drawMany(5);
    await modelTagJob(context, clip({ dimensions: [SETTING] }));
    worker.asked.length = 0;
    await modelTagJob(context, clip());
    assert.deepEqual(
      worker.asked.map(({ questions }) => questions.dimensions.map(({ name }) => name)),
      worker.asked.map(() => ['time']),
    );
    assert.equal(worker.asked.flatMap(({ ids }) => ids).length, 5);

    await images.draw('late.jpg', 50);
    await indexJob(context, { exclude: [] });
    const reworded = { ...SETTING, question: 'In or out?' };
    worker.asked.length = 0;
    const again = await modelTagJob(context, clip({ dimensions: [reworded, TIME], embed: true }));
    assert.equal(again.processed, 6);
    const asked = worker.asked.map(({ ids, questions: { dimensions, vector } }) =>
      [ids.length, ...dimensions.map(({ name }) => name), vector].join(' '),
    );
    assert.ok(asked.includes('1 setting time true') && asked.at(-1) === '1 setting time true', asked.join('; '));

    const none = await modelTagJob(context, clip({ dimensions: [reworded, TIME], embed: true }));
    assert.deepEqual([none.processed, none.device], [0, null]);
    const revised = await modelTagJob(context, clip({ dimensions: [reworded, TIME], manifestRevision: '2' }));
    assert.equal(revised.processed, 6);
  });

  it('leave what the built-in tagger said, and keep decisions', async () => {
    await drawColors();
    await tagJob(context, { provider: 'builtin', embedder: null, retry: 'due' });
    const before = await dataset.tagCounts();
    const id = (await dataset.sampleIdByPath('warm-dark.png'))!;
    await dataset.tagging.decide({ ids: Int32Array.of(id) }, ['indoor'], 'rejected', 'setting');
    await modelTagJob(context, clip({ embed: true }));
    const after = await dataset.tagCounts();
    for (const [tag, count] of Object.entries(before)) assert.equal(after[tag], count, tag);
    assert.equal(after['indoor'], 1);
    assert.ok(!(await dataset.sample(id))!.tags.includes('indoor'));
    assert.deepEqual(await dataset.embeddingModels(), [{ model: 'clip-vit-base-patch32', count: 4, mapped: 0 }]);
  });

  it('give the same answers when the worker is killed again and again', async () => {
    await drawMany(60);
    await modelTagJob(context, clip());
    const undisturbed = await everything();
    await dataset.commitIndex({
      ...{ added: [], moved: [], missing: [], found: [] },
      changed: (await dataset.indexedFiles()).map(({ id, size, mtimeMs }) => ({ id, size, mtimeMs })),
    });
    let kills = 0;
    const killing: JobContext = {
      ...context,
      report: ({ stage, done }) => {
        if (stage !== 'tag' || done < 8 * kills || kills === 4) return;
        kills++;
        worker.kill();
      },
    };
    const outcome = await modelTagJob(killing, clip());
    assert.deepEqual([kills, outcome.processed, outcome.failed], [4, 60, []]);
    assert.deepEqual(await everything(), undisturbed);
  });

  it('skip an image at which the model crashes each time, and no other', async () => {
    await drawMany(12, 'image-005-deadly.jpg', 'image-007-unlucky.jpg');
    const outcome = await modelTagJob(context, clip());
    assert.deepEqual([outcome.processed, outcome.failed.map(({ path }) => path)], [13, ['image-005-deadly.jpg']]);
    const [failure] = await dataset.failures();
    assert.deepEqual([failure?.provider, failure?.code], [clip().model.name, 'model-crash']);
    assert.match(failure.reason, /clip-vit-base-patch32 crashed at this image/);
    assert.equal((await modelTagJob(context, clip())).processed, 0);
  });

  it('blame the model, not the images, when it crashes at one after the other', async () => {
    await drawMany(0, 'deadly-1.jpg', 'deadly-2.jpg', 'deadly-3.jpg', 'deadly-4.jpg');
    await assert.rejects(
      modelTagJob(context, clip()),
      (error) => error instanceof UserError && error.code === 'model-crashes' && /one image after/.test(error.message),
    );
    assert.deepEqual([await dataset.failures(), (await dataset.counts()).pending], [[], 4]);
  });

  it('give up when loading the model ends the worker again and again', async () => {
    await drawMany(3);
    const cannotLoad = join(images.scratch, 'cannot-load');
    await writeFile(cannotLoad, '');
    await assert.rejects(
      modelTagJob(context, clip()),
      (error) => error instanceof UserError && error.code === 'model-crashes' && /being loaded/.test(error.message),
    );
    assert.equal((await dataset.counts()).pending, 3);
  });

  it('keep what is committed when they are cancelled, and go on from there', async () => {
    await drawMany(80);
    let abortedAt = 0;
    const report = ({ stage, done }: JobProgress) => {
      if (stage !== 'tag' || done === 0 || controller.signal.aborted) return;
      abortedAt = performance.now();
      controller.abort();
    };
    const outcome = await modelTagJob({ ...context, report }, clip());
    const took = performance.now() - abortedAt;
    assert.ok(outcome.cancelled && took < 1000, `it took ${took} ms`);
    const { completed, pending } = await dataset.counts();
    assert.ok(outcome.processed === completed && completed > 0 && pending > 0);
    const rest = await modelTagJob({ ...context, signal: new AbortController().signal }, clip());
    assert.deepEqual([rest.processed, rest.cancelled], [pending, false]);
  });

  it('say what is wrong with a model that cannot be used', async () => {
    await drawMany(2);
    const options = clip();
    await writeFile(join(options.model.folder, 'onnx', 'vision_model_quantized.onnx'), 'no graph');
    await assert.rejects(modelTagJob(context, options), { code: 'model-unusable' });
    assert.equal((await dataset.counts()).pending, 2);
  });

  it('embed beside other embedders, and put each on a map of its own', async () => {
    await drawMany(20);
    for (const name of ['clip-vit-base-patch32', 'dinov2-small']) {
      const model = requestFor(name, images.scratch);
      const outcome = await modelEmbedJob(context, { model, manifestRevision: '1' });
      assert.deepEqual([outcome.processed, outcome.device], [20, 'cpu']);
      await projectJob(context, { embedder: name });
    }
    assert.deepEqual(await dataset.embeddingModels(), [
      { model: 'clip-vit-base-patch32', count: 20, mapped: 20 },
      { model: 'dinov2-small', count: 20, mapped: 20 },
    ]);
    const lengths = await Promise.all(
      ['clip-vit-base-patch32', 'dinov2-small'].map(async (name) => (await dataset.readEmbeddings(name)).length),
    );
    assert.deepEqual(lengths, [512, 384]);
    const model = requestFor('dinov2-small', images.scratch);
    assert.equal((await modelEmbedJob(context, { model, manifestRevision: '2' })).processed, 20);
    assert.deepEqual(
      (await dataset.embeddingModels()).map(({ mapped }) => mapped),
      [20, 0],
    );
  });
});
