import * as assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import sharp from 'sharp';
import { RpcError } from '../../src/protocol/rpc';
import { UserError } from '../../src/protocol/userError';
import type { ModelQuestions, ModelRequest, Prediction } from '../../src/protocol/workerApi';
import { writeReplica } from '../fixtures/models/modelFolder';
import {
  VISION_LANGUAGE_FAMILIES,
  VISION_LANGUAGE_REPLICAS,
  visionLanguageWeights,
  type VisionLanguageFamily,
} from '../fixtures/models/visionLanguageReplicas';
import { startWorker, type RunningWorker } from './imageWorkerProcess';
import { SETTING, TIME } from './modelRequests';

const QUESTIONS: ModelQuestions = { dimensions: [SETTING, TIME], freeTags: 0, caption: true, vector: true };
/** A device that this system cannot have. */
const MISSING_DEVICE = process.platform === 'win32' ? 'coreml' : 'dml';

describe('vision-language models in the worker', function () {
  this.timeout(120_000);
  let folder: string;
  let worker: RunningWorker;
  let items: { id: number; path: string }[];

  const modelOf = (family: VisionLanguageFamily): ModelRequest => {
    const weights = visionLanguageWeights(family);
    const replica = VISION_LANGUAGE_REPLICAS[family]();
    return {
      name: family,
      weights,
      folder: writeReplica(replica, folder),
      dtype: weights.variants[0].dtype,
      device: 'cpu',
    };
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datavisor-vlm-'));
    const path = join(folder, 'photo.jpg');
    const background = { r: 200, g: 120, b: 40 };
    await sharp({ create: { width: 320, height: 240, channels: 3, background } })
      .jpeg()
      .toFile(path);
    items = [1, 2].map((id) => ({ id, path }));
    worker = startWorker();
  });

  after(async () => {
    worker.process.disconnect();
    assert.equal(await worker.exited, 0, 'it leaves by itself, with a model loaded');
    await rm(folder, { recursive: true, force: true });
  });

  for (const family of VISION_LANGUAGE_FAMILIES) {
    it(`${family} answers every question out of its vocabulary`, async () => {
      const { answers, loaded } = await worker.api.askModel({ model: modelOf(family), items, questions: QUESTIONS });
      assert.deepEqual({ device: loaded.device, fallback: loaded.fallback }, { device: 'cpu', fallback: null });
      for (const answer of answers) {
        assert.ok(answer.ok);
        assert.equal(answer.vector, null, 'it has none to give');
        assert.equal(typeof answer.caption, 'string');
        for (const { name, answers: allowed } of [SETTING, TIME]) {
          const said: Prediction[] = answer.predictions.filter(({ dimension }) => dimension === name);
          assert.deepEqual(said.map(({ tag }) => tag).sort(), allowed.map(({ tag }) => tag).sort());
          assert.ok(Math.abs(said.reduce((sum, { score }) => sum + score, 0) - 100) < 1e-3);
        }
      }
      const [first, second] = answers.map((answer) => answer.ok && answer.predictions);
      assert.deepEqual(first, second, 'the same image is answered the same');
    });
  }

  it('run on the CPU and say why where the device does not work', async () => {
    const model = { ...modelOf('idefics3'), device: MISSING_DEVICE } as const;
    const { answers, loaded } = await worker.api.askModel({ model, items, questions: QUESTIONS });
    assert.equal(loaded.device, 'cpu');
    assert.match(loaded.fallback!, /cannot run this model here \(.+\): it runs on the CPU/);
    assert.ok(answers.every(({ ok }) => ok));
  });

  it('stop when they are cancelled, and answer again after that', async () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ id: i + 1, path: items[0].path }));
    const controller = new AbortController();
    const model = modelOf('idefics3');
    let started = 0;
    const asking = worker.api.askModel(
      { model, items: many, questions: QUESTIONS },
      { signal: controller.signal, onProgress: () => ++started === 6 && controller.abort() },
    );
    await assert.rejects(asking, (error) => error instanceof RpcError && error.code === 'cancelled');
    const { answers } = await worker.api.askModel({ model, items, questions: QUESTIONS });
    assert.equal(answers.length, items.length);
    assert.ok(started < many.length / 2, `${started} of ${many.length} were begun`);
  });

  it('refuse to make vectors of texts, in words', async () => {
    const asking = worker.api.embedTexts({ model: modelOf('idefics3'), texts: ['a photo'] });
    await assert.rejects(asking, (error) => error instanceof UserError && /makes no vectors/.test(error.message));
  });
});
