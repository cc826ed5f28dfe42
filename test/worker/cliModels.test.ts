import * as assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { encoderReplicas } from '../fixtures/models/encoderReplicas';
import { writeReplica } from '../fixtures/models/modelFolder';
import { RunningCommand, runCommand, runFailing, runJson, type JobAnswer } from './commandLine';
import { ScratchImages } from './scratchImages';

const CLIP = 'clip-vit-base-patch32';
const DINO = 'dinov2-small';

/** Red and blue are words that our replica of CLIP knows. */
const TONE = {
  name: 'tone',
  title: 'Tone',
  answers: [
    { tag: 'warm tone', prompts: ['red'] },
    { tag: 'cold tone', prompts: ['blue'] },
  ],
  noneOfThese: false,
};

interface ModelsAnswer extends JobAnswer {
  models: { name: string; dtype: string; device: string | null; fallback: string | null; processed: number }[];
}

interface ListAnswer {
  folder: string;
  models: { name: string; installed: { dtype: string; folder: string } | null; partialBytes: number }[];
}

describe('the command line with models', function () {
  this.timeout(120_000);
  let images: ScratchImages;
  let replicas: string;
  /** No network, and nothing of this machine's own. */
  let env: NodeJS.ProcessEnv;

  before(async () => {
    images = await ScratchImages.make();
    replicas = join(images.scratch, 'replicas');
    for (const replica of encoderReplicas()) writeReplica(replica, replicas);
    env = { DATAVISOR_MODELS: join(images.scratch, 'models'), HF_ENDPOINT: 'http://127.0.0.1:9' };
  });
  after(() => images.clean());
  beforeEach(async () => {
    await rm(images.folder, { recursive: true, force: true });
    await mkdir(images.file('.datavisor'), { recursive: true });
  });

  const withClip = () => ['--provider', CLIP, '--model-dir', replicas, '--device', 'cpu'];

  async function drawColors(): Promise<void> {
    for (const [name, background] of Object.entries({ red: '#d02020', blue: '#2020d0' })) {
      await sharp({ create: { width: 96, height: 64, channels: 3, background } })
        .png()
        .toFile(images.file(`${name}.png`));
    }
  }

  const addVocabulary = (...dimensions: object[]) =>
    writeFile(images.file('.datavisor/vocabulary.json'), JSON.stringify({ dimensions }));

  async function everything(): Promise<Record<string, unknown>> {
    const location = await locateDataset(images.folder, { fallbackFolder: images.scratch });
    const dataset = await Dataset.open(location, { access: 'read' });
    try {
      const known: Record<string, unknown> = {};
      for (const id of await dataset.sampleIds(NO_FILTER)) {
        const { path, tags, predictions, status } = (await dataset.sample(id))!;
        known[path] = { tags, predictions, status };
      }
      return known;
    } finally {
      await dataset.close();
    }
  }

  it('tags with a model in a folder, without network, and asks only what is added to the vocabulary', async () => {
    await drawColors();
    const first = await runJson<ModelsAnswer>(['tag', images.folder, ...withClip(), '--ask', 'setting'], { env });
    assert.deepEqual([first.processed, first.tags], [2, { indoor: 1, outdoor: 1 }]);
    const [{ name, dtype, device, fallback }] = first.models;
    assert.deepEqual([name, dtype, device, fallback], [CLIP, 'q8', 'cpu', null]);

    await addVocabulary(TONE);
    const second = await runJson<ModelsAnswer>(['tag', images.folder, ...withClip(), '--ask', 'setting,tone'], { env });
    assert.deepEqual([second.processed, second.tags], [2, { 'cold tone': 1, indoor: 1, outdoor: 1, 'warm tone': 1 }]);
    const third = await runJson<ModelsAnswer>(['tag', images.folder, ...withClip(), '--ask', 'setting,tone'], { env });
    assert.deepEqual([third.processed, third.models[0].device], [0, null]);

    const found = await runJson<{ matching: number; facets: { name: string; values: { value: string }[] }[] }>([
      'facets',
      images.folder,
      '--filter',
      'tone:"warm tone" setting:indoor',
    ]);
    assert.equal(found.matching, 1);
    assert.deepEqual(
      found.facets.find((facet) => facet.name === 'tone')?.values.map(({ value }) => value),
      ['warm tone', 'cold tone'],
    );
  });

  it('runs everything, models after what is built in, and says on what they ran', async () => {
    await images.drawMany(12);
    const args = ['run', images.folder, ...withClip(), '--embedder', DINO];
    const answer = await runJson<ModelsAnswer>(args, { env });
    assert.deepEqual(
      answer.models.map(({ name, processed, device }) => [name, processed, device]),
      [
        [CLIP, 12, 'cpu'],
        [DINO, 12, 'cpu'],
      ],
    );
    assert.deepEqual([answer.processed, answer.counts['completed'], answer.counts['mapped']], [12, 12, 12]);
    const info = await runJson<{ models: object[] }>(['info', images.folder]);
    assert.deepEqual(info.models, [
      { model: DINO, count: 12, mapped: 12 },
      { model: 'visual-look', count: 12, mapped: 12 },
    ]);
    const { stdout } = await runCommand(['tag', images.folder, ...withClip(), '--ask', 'setting,lighting'], { env });
    assert.match(stdout, /clip-vit-base-patch32 \(q8\) ran on cpu\n/);
  });

  it('gives the same answers when its worker is killed, and when it is killed itself', async function () {
    if (process.platform !== 'linux') this.skip(); // how the worker is found
    await images.drawMany(40);
    const args = ['tag', images.folder, ...withClip(), '--json'];
    await runJson(args.slice(0, -1), { env });
    const undisturbed = await everything();

    for (const victim of ['worker', 'command'] as const) {
      await rm(images.file('.datavisor'), { recursive: true, force: true });
      const command = new RunningCommand(args, { env });
      const worker = await childOf(command);
      await sleep(400 + 400 * Math.random());
      process.kill(victim === 'worker' ? worker : command.child.pid!, 'SIGKILL');
      const end = await command.end;
      if (victim === 'worker') {
        assert.equal(end.code, 0, end.stderr);
        assert.deepEqual((JSON.parse(end.stdout) as JobAnswer).failed, []);
      } else {
        await runJson(args.slice(0, -1), { env });
      }
      assert.deepEqual(await everything(), undisturbed, `after the ${victim} was killed`);
    }
  });

  it('says what is wrong with what was asked for, before anything is done', async () => {
    await drawColors();
    const refused = async (exitCode: number, ...args: string[]) =>
      (await runFailing([...args], exitCode, { env })).code;
    assert.equal(await refused(2, 'tag', images.folder, '--provider', 'oracle'), 'model-unknown');
    assert.equal(
      await refused(2, 'tag', images.folder, '--provider', DINO, '--model-dir', replicas, '--device', 'cpu'),
      'model-unable',
    );
    assert.equal(await refused(2, 'tag', images.folder, ...withClip(), '--caption'), 'model-unable');
    assert.equal(await refused(2, 'tag', images.folder, ...withClip(), '--dtype', 'q1'), 'dtype-unknown');
    assert.equal(await refused(2, 'tag', images.folder, ...withClip(), '--ask', 'mood'), 'dimension-unknown');
    const missing = await runFailing(['tag', images.folder, '--provider', CLIP, '--device', 'cpu'], 1, { env });
    assert.equal(missing.code, 'model-missing');
    assert.match(missing.message, /datavisor models download clip-vit-base-patch32/);
    await addVocabulary({ ...TONE, answers: ['red'] });
    const invalid = await runFailing(['tag', images.folder], 1, { env });
    assert.equal(invalid.code, 'vocabulary-invalid');
    assert.match(invalid.message, /vocabulary\.json, dimensions\.0\.answers\.0 is the tag "red"/);
    assert.equal(await refused(1, 'info', images.folder), 'not-indexed');
  });

  it('downloads a model from a mirror that is a folder, lists it, uses it and removes it', async () => {
    await drawColors();
    const mirror = { ...env, HF_ENDPOINT: replicas };
    const list = async () => {
      const { models } = await runJson<ListAnswer>(['models'], { env: mirror });
      return models.filter(({ installed }) => installed).map(({ name }) => name);
    };
    assert.deepEqual(await list(), []);
    const args = ['models', 'download', CLIP, '--dtype', 'q8'];
    const got = await runJson<{ installed: { folder: string; dtype: string } }>(args, { env: mirror });
    assert.equal(got.installed.dtype, 'q8');
    assert.ok(got.installed.folder.startsWith(join(images.scratch, 'models')), got.installed.folder);
    assert.deepEqual(await list(), [CLIP]);
    const { stdout } = await runCommand(['models', 'list'], { env: mirror });
    assert.match(stdout, /clip-vit-base-patch32 {2}\(.*here: q8/);
    await runJson(['models', 'verify', CLIP], { env });
    const graph = join(got.installed.folder, 'onnx', 'vision_model_quantized.onnx');
    const bytes = readFileSync(graph);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(graph, bytes);
    const altered = await runFailing(['models', 'verify', CLIP], 1, { env });
    assert.equal(altered.code, 'model-altered');
    assert.match(altered.message, /vision_model_quantized\.onnx/);
    assert.deepEqual(await list(), []);
    await runJson(args, { env: mirror });
    const tagged = await runJson(['tag', images.folder, '--provider', CLIP, '--device', 'cpu'], { env });
    assert.equal(tagged.processed, 2);
    await runJson(['models', 'remove', CLIP], { env });
    assert.deepEqual(await list(), []);
    assert.equal((await runFailing(['models', 'remove', 'oracle'], 2, { env })).code, 'model-unknown');
  });
});

/** The process id of the image worker, once it is there. */
async function childOf(command: RunningCommand): Promise<number> {
  const { pid } = command.child;
  for (;;) {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    if (children !== '') return Number(children.split(' ')[0]);
    await sleep(5);
  }
}
