import * as assert from 'node:assert/strict';
import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import sharp from 'sharp';
import { RpcError } from '../../src/protocol/rpc';
import { UserError } from '../../src/protocol/userError';
import { NO_ANSWER, type ModelAnswer, type ModelQuestions, type ModelRequest } from '../../src/protocol/workerApi';
import { heavyReplica } from '../fixtures/models/heavyReplica';
import { writeReplica } from '../fixtures/models/modelFolder';
import { startWorker, type RunningWorker } from './imageWorkerProcess';
import { requestFor, SETTING, TIME, VECTOR_ONLY } from './modelRequests';

/** Flat colours: the replicas see how light and how warm an image is. */
const COLORS = {
  'lamp.jpg': { r: 255, g: 120, b: 40 },
  'sea.jpg': { r: 60, g: 120, b: 255 },
  'soot.jpg': { r: 6, g: 6, b: 6 },
  'snow.jpg': { r: 250, g: 250, b: 250 },
};
const QUESTIONS: ModelQuestions = { ...VECTOR_ONLY, dimensions: [SETTING, TIME] };
/** A device that this system cannot have. */
const MISSING_DEVICE = process.platform === 'win32' ? 'coreml' : 'dml';

describe('models in the worker', function () {
  this.timeout(120_000);
  let folder: string;
  let worker: RunningWorker;
  let items: { id: number; path: string }[];
  const modelFor = (name: string) => requestFor(name, join(folder, 'hub'));
  const ask = async (model: ModelRequest, questions: ModelQuestions) => {
    const { answers, loaded } = await worker.api.askModel({ model, items, questions });
    return { answers: answers.map(success), loaded };
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datavisor-models-'));
    for (const [name, background] of Object.entries(COLORS)) {
      await sharp({ create: { width: 320, height: 240, channels: 3, background } })
        .jpeg()
        .toFile(join(folder, name));
    }
    items = Object.keys(COLORS).map((name, i) => ({ id: i + 1, path: join(folder, name) }));
    worker = startWorker();
  });

  after(async () => {
    worker.process.disconnect();
    assert.equal(await worker.exited, 0, 'it leaves by itself, with a model loaded');
    await rm(folder, { recursive: true, force: true });
  });

  for (const name of ['clip-vit-base-patch32', 'siglip2-base-patch16-224']) {
    it(`${name} answers questions by what is in the image`, async () => {
      const { answers, loaded } = await ask(modelFor(name), QUESTIONS);
      assert.deepEqual(loaded, { device: 'cpu', dtype: 'q8', fallback: null });
      assert.deepEqual(answers.map(best), [
        { setting: 'indoor', time: best(answers[0]).time },
        { setting: 'outdoor', time: best(answers[1]).time },
        { setting: NO_ANSWER, time: 'night' },
        { setting: NO_ANSWER, time: 'day' },
      ]);
      for (const { predictions } of answers) {
        assert.equal(predictions.length, SETTING.answers.length + TIME.answers.length, 'also what loses is told');
        const sum = predictions.filter(({ dimension }) => dimension === 'setting').reduce((all, p) => all + p.score, 0);
        assert.ok(Math.abs(sum - 100) < 1e-6);
      }
    });

    it(`${name} puts texts into the space of its images`, async () => {
      const model = modelFor(name);
      const { vectors, length } = await worker.api.embedTexts({
        model,
        texts: ['A photo taken INDOORS', 'a photo taken outdoors'],
      });
      assert.equal(length, name.startsWith('clip') ? 512 : 768);
      assert.equal(vectors.length, 2 * length);
      const { answers } = await ask(model, VECTOR_ONLY);
      const [lamp, sea] = answers.map(({ vector }) => vector!);
      const [indoors, outdoors] = [vectors.subarray(0, length), vectors.subarray(length)];
      assert.ok(cosine(indoors, lamp) > cosine(indoors, sea));
      assert.ok(cosine(outdoors, sea) > cosine(outdoors, lamp));
    });
  }

  for (const [name, width] of [
    ['dinov2-small', 384],
    ['dinov2-base', 768],
    ['dinov3-small', 384],
  ] as const) {
    it(`${name} gives vectors of its class token`, async () => {
      const { answers } = await ask(modelFor(name), VECTOR_ONLY);
      const vectors = answers.map(({ vector }) => vector!);
      for (const vector of vectors) {
        assert.equal(vector.length, width);
        assert.ok(Math.abs(cosine(vector, vector) - 1) < 1e-5, 'of unit length');
      }
      const [light, warm] = [0, 1];
      assert.ok(vectors[0][warm] > 0.5 && vectors[1][warm] < -0.5, 'warm and cold');
      assert.ok(vectors[2][light] < -0.5 && vectors[3][light] > 0.5, 'dark and light');
    });
  }

  it('gives no vector that was not asked for, and nothing that a model cannot do', async () => {
    const questions = { dimensions: [], freeTags: 5, caption: true, vector: false };
    const { answers } = await ask(modelFor('dinov2-small'), questions);
    for (const { predictions, caption, vector } of answers) {
      assert.deepEqual({ predictions, caption, vector }, { predictions: [], caption: null, vector: null });
    }
  });

  it('runs on the CPU and says why where the device does not work', async () => {
    const model = modelFor('dinov2-small');
    const stages: string[] = [];
    const onProgress = ({ stage, fraction }: { stage: string; fraction: number }) =>
      stages.push(`${stage} ${fraction}`);
    const loaded = await worker.api.loadModel({ ...model, device: MISSING_DEVICE }, { onProgress });
    assert.equal(loaded.device, 'cpu');
    assert.match(loaded.fallback!, /cannot run this model here \(.+\): it runs on the CPU/);
    assert.equal(stages[0], 'reading 0');
    assert.equal(stages.at(-1), 'trying 1');
    const there = await ask({ ...model, device: MISSING_DEVICE }, VECTOR_ONLY);
    const here = await ask(model, VECTOR_ONLY);
    assert.deepEqual(there.answers, here.answers);
    assert.deepEqual(there.loaded, loaded);
  });

  it('tells of a bad image in its place and goes on', async () => {
    const broken = join(folder, 'broken.jpg');
    await copyFile(items[0].path, broken);
    await truncate(broken, 700);
    const mixed = [items[0], { id: 9, path: broken }, { id: 10, path: join(folder, 'gone.jpg') }, items[1]];
    const started: number[] = [];
    const { answers } = await worker.api.askModel(
      { model: modelFor('dinov2-small'), items: mixed, questions: VECTOR_ONLY },
      { onProgress: (progress) => started.push(progress.started) },
    );
    const outcomes = answers.map((answer) => `${answer.id} ${answer.ok ? 'ok' : answer.code}`);
    assert.deepEqual(outcomes, ['1 ok', '9 damaged', '10 unreadable', '2 ok']);
    assert.deepEqual(
      started.sort((a, b) => a - b),
      [1, 2, 9],
      'a file that is not there is never begun',
    );
  });

  it('stops when it is cancelled, and is ready for the next question', async () => {
    const many = Array.from({ length: 2000 }, (_, i) => ({ id: i + 1, path: items[i % items.length].path }));
    const controller = new AbortController();
    let started = 0;
    const model = modelFor('dinov2-small');
    const asking = worker.api.askModel(
      { model, items: many, questions: VECTOR_ONLY },
      { signal: controller.signal, onProgress: () => ++started === 20 && controller.abort() },
    );
    await assert.rejects(asking, (error) => error instanceof RpcError && error.code === 'cancelled');
    const { answers } = await ask(model, VECTOR_ONLY);
    assert.equal(answers.length, items.length);
    assert.ok(started < many.length / 2, `${started} of ${many.length} were begun`);
  });

  describe('with files that are not what they should be', () => {
    const cases: [what: string, spoil: (model: ModelRequest) => Promise<ModelRequest | undefined>, names: RegExp][] = [
      ['a missing graph', (model) => remove(model, 'onnx/model_quantized.onnx'), /onnx\/model_quantized\.onnx/],
      ['a truncated graph', (model) => cut(model, 'onnx/model_quantized.onnx'), /model_quantized\.onnx/],
      ['garbage as a graph', (model) => garbage(model, 'onnx/model_quantized.onnx'), /model_quantized\.onnx/],
      [
        'garbage as a configuration',
        (model) => garbage(model, 'preprocessor_config.json'),
        /preprocessor_config\.json/,
      ],
      ['a graph of another family', async (model) => asFamily(model, 'siglip'), /model_quantized\.onnx|vision_model/],
      ['a size that is not the manifest’s', async (model) => withSize(model, 12_345), /12,?345/],
    ];
    for (const [what, spoil, names] of cases) {
      it(`refuses ${what} by name, and runs once they are there`, async () => {
        const good = requestFor('dinov2-small', join(folder, 'spoilt'));
        await worker.api.unloadModels(null); // one that is in memory does not look at its files again
        const model = (await spoil(good)) ?? good;
        await assert.rejects(worker.api.askModel({ model, items, questions: VECTOR_ONLY }), (error) => {
          assert.ok(error instanceof UserError, String(error));
          assert.equal(error.code, 'model-unusable');
          assert.match(error.message, names);
          return true;
        });
        const mended = requestFor('dinov2-small', join(folder, 'spoilt'));
        assert.equal((await ask(mended, VECTOR_ONLY)).answers.length, items.length);
      });
    }

    it('refuses a tokenizer that cannot be read, but still makes vectors of images', async () => {
      const model = requestFor('clip-vit-base-patch32', join(folder, 'spoilt'));
      await writeFile(join(model.folder, 'tokenizer.json'), '{"model": {"type": "Nothing"}}');
      await assert.rejects(
        ask(model, QUESTIONS),
        (error) => error instanceof UserError && /okenizer/.test(error.message),
      );
      assert.equal((await ask(model, VECTOR_ONLY)).answers.length, items.length);
    });
  });

  it('runs a model that is nothing but a manifest', async () => {
    const { folder: files, ...request } = modelFor('dinov2-small');
    const own: ModelRequest = {
      ...request,
      name: 'my-own',
      folder: files,
      dtype: 'whole',
      weights: {
        ...request.weights,
        repository: 'me/my-own',
        preprocessing: { size: { height: 28, width: 42 }, do_center_crop: false },
        variants: [
          {
            dtype: 'whole',
            graphs: { model: 'fp32' },
            files: [{ path: 'onnx/model.onnx', size: null, sha256: null, optional: false }],
            approximateBytes: 1,
            devices: ['cpu'],
          },
        ],
      },
    };
    const { answers, loaded } = await ask(own, VECTOR_ONLY);
    assert.equal(loaded.dtype, 'whole');
    assert.equal(answers[0].vector?.length, 384);
  });

  it('gives the memory of a large model back', async () => {
    const MB = 1e6;
    const rss = async () => (await worker.api.status(null)).rssBytes;
    await worker.api.unloadModels(null);
    const start = await rss();
    const model = {
      ...modelFor('dinov2-small'),
      folder: writeReplica(heavyReplica(), join(folder, 'heavy'), ['_quantized']),
    };
    await ask(model, VECTOR_ONLY);
    assert.ok((await rss()) > start + 150 * MB, 'while it is loaded it takes more than is asked back');
    await worker.api.unloadModels(null);
    while ((await rss()) > start + 150 * MB) await setTimeout(50); // the time limit of the test bounds it
  });
});

function success(answer: ModelAnswer | { ok: false; message: string }): ModelAnswer {
  if (!answer.ok) throw new Error(answer.message);
  return answer;
}

function best({ predictions }: ModelAnswer): Record<string, string> {
  const ascending = [...predictions].sort((a, b) => a.score - b.score);
  return Object.fromEntries(ascending.map(({ dimension, tag }) => [dimension, tag]));
}

function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

async function remove({ folder }: ModelRequest, file: string): Promise<undefined> {
  await rm(join(folder, file));
}

async function cut({ folder }: ModelRequest, file: string): Promise<undefined> {
  const bytes = await readFile(join(folder, file));
  await writeFile(join(folder, file), bytes.subarray(0, bytes.length >> 1));
}

async function garbage({ folder }: ModelRequest, file: string): Promise<undefined> {
  await writeFile(join(folder, file), '<!doctype html><title>Sign in</title>');
}

function asFamily(model: ModelRequest, family: 'siglip'): ModelRequest {
  const variants = model.weights.variants.map((variant) => ({
    ...variant,
    files: variant.files.map((file) => ({ ...file, path: 'vision_model_quantized.onnx' })),
    graphs: { vision_model: 'q8' as const },
  }));
  return { ...model, weights: { ...model.weights, family, variants } };
}

function withSize(model: ModelRequest, size: number): ModelRequest {
  const files = model.weights.files.map((file) => ({ ...file, size }));
  return { ...model, weights: { ...model.weights, files } };
}
