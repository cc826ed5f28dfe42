import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import sharp from 'sharp';
import { readManifest } from '../../src/protocol/modelManifest';
import { UserError } from '../../src/protocol/userError';
import type { ModelRequest } from '../../src/protocol/workerApi';
import { WD_LABELS_CSV, writeWdReplica } from '../fixtures/models/wdReplica';
import { runCommand, runFailing, runJson } from './commandLine';
import { startWorker, type RunningWorker } from './imageWorkerProcess';
import { ScratchImages } from './scratchImages';

const V2 = 'wd-v1-4-vit-tagger-v2';
const V3 = 'wd-vit-tagger-v3';
const QUESTIONS = {
  dimensions: ['rating', 'general', 'character'].map((name) => ({ name, question: '', answers: [] })),
  ...{ freeTags: 0, caption: false, vector: false },
};

describe('WD taggers', function () {
  this.timeout(120_000);
  let images: ScratchImages;
  let worker: RunningWorker;
  let replicas: string;
  let env: NodeJS.ProcessEnv;

  const requestFor = (name: string): ModelRequest => {
    const { weights } = readManifest(JSON.parse(readFileSync(join('models', `${name}.json`), 'utf8')));
    const folder = writeWdReplica(weights!.repository, replicas, name === V2 ? 1 : 'batch_size');
    return { name, weights: weights!, folder, dtype: 'fp32', device: 'cpu' };
  };

  before(async () => {
    images = await ScratchImages.make();
    replicas = join(images.scratch, 'replicas');
    env = { DATAVISOR_MODELS: join(images.scratch, 'models'), HF_ENDPOINT: 'http://127.0.0.1:9' };
    for (const [name, background] of Object.entries({ red: '#d02020', blue: '#2020d0' })) {
      await sharp({ create: { width: 960, height: 480, channels: 3, background } })
        .png()
        .toFile(images.file(`${name}.png`));
    }
    worker = startWorker();
  });
  after(async () => {
    worker.process.disconnect();
    await worker.exited;
    await images.clean();
  });

  const ask = async (model: ModelRequest, ...files: string[]) => {
    const items = files.map((file, i) => ({ id: i + 1, path: images.file(file) }));
    const { answers } = await worker.api.askModel({ model, items, questions: QUESTIONS });
    return answers.map((answer) => {
      if (!answer.ok) throw new Error(answer.message);
      return answer.predictions.map(({ dimension, tag, score }) => `${dimension}:${tag}:${Math.round(score)}`);
    });
  };

  for (const name of [V2, V3]) {
    it(`${name} sees colours in their places, as they are, and a white edge above what is wide`, async () => {
      assert.deepEqual(await ask(requestFor(name), 'red.png', 'blue.png'), [
        [
          'rating:sensitive:99',
          ...['general:red theme:100', 'general:white border:96', 'general:^_^:62'],
          'character:saber (fate):80',
        ],
        ['rating:general:65', ...['general:blue theme:100', 'general:white border:96'], 'character:hatsune miku:97'],
      ]);
    });
  }

  it('sees what is transparent as white', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    await sharp({ create: { width: 64, height: 64, channels: 4, background: clear } })
      .png()
      .toFile(join(images.scratch, 'clear.png'));
    assert.deepEqual(await ask(requestFor(V3), '../clear.png'), [
      [
        'rating:sensitive:100',
        ...['general:red theme:50', 'general:blue theme:50', 'general:white border:96'],
        ...['character:saber (fate):21', 'character:hatsune miku:12'],
      ],
    ]);
  });

  it('sees what is turned by its EXIF data as people do', async () => {
    await sharp({ create: { width: 480, height: 960, channels: 3, background: '#2020d0' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toFile(join(images.scratch, 'turned.jpg'));
    const [said] = await ask(requestFor(V3), '../turned.jpg');
    assert.ok(said.includes('general:white border:96'), said.join(', '));
  });

  it('are refused with a list of labels that is not theirs', async () => {
    const model = requestFor(V3);
    await worker.api.unloadModels(null);
    await writeFile(join(model.folder, 'selected_tags.csv'), WD_LABELS_CSV.split('\n').slice(0, -2).join('\n'));
    await assert.rejects(
      ask(model, 'red.png'),
      (error) =>
        error instanceof UserError &&
        error.code === 'model-unusable' &&
        /selected_tags\.csv names 10 labels, but the model has 11/.test(error.message),
    );
    assert.equal((await ask(requestFor(V3), 'red.png')).length, 1);
  });

  it('tag a folder on the command line with thresholds by dimension, and once only', async () => {
    requestFor(V3);
    const args = ['tag', images.folder, '--provider', V3, '--model-dir', replicas, '--device', 'cpu'];
    const first = await runJson(args, { env });
    assert.equal(first.processed, 2);
    const { 'hatsune miku': miku, 'saber (fate)': saber, sensitive, general, '^_^': face } = first.tags;
    assert.deepEqual([miku, saber, sensitive, general, face], [1, undefined, 1, 1, 1]);
    assert.equal((await runJson(args, { env })).processed, 0);
    const lower = ['policy', images.folder, '--threshold', `${V3}:character=75`];
    await runCommand(lower, { env });
    const { tags } = await runJson(['info', images.folder], { env });
    assert.equal(tags['saber (fate)'], 1);
    const { stdout } = await runCommand(['mappings', images.folder, 'list'], { env });
    assert.match(stdout, /saber \(fate\)/);
    const asked = await runFailing([...args, '--ask', 'setting'], 2, { env });
    assert.equal(asked.code, 'model-unable');
  });
});
