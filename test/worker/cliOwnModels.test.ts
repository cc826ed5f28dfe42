import * as assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { OWN_LABELS, writeOwnModel } from '../fixtures/models/ownModel';
import { runCommand, runFailing, runJson } from './commandLine';
import { ScratchImages } from './scratchImages';

interface Tried {
  images: {
    path: string;
    width: number;
    seen: { width: number; height: number };
    labels: { label: string; score: number }[];
    vectorLength: number | null;
    failure: string | null;
  }[];
}

describe('the command line, with models of the folder’s own', function () {
  this.timeout(120_000);
  let images: ScratchImages;
  let env: NodeJS.ProcessEnv;
  const tag = (...args: string[]) => ['tag', images.folder, '--provider', 'shelf', '--device', 'cpu', ...args];

  before(async () => {
    images = await ScratchImages.make();
    env = { DATAVISOR_MODELS: join(images.scratch, 'models'), HF_ENDPOINT: 'http://127.0.0.1:9' };
    await images.drawMany(8);
    writeOwnModel(images.folder, 'shelf', { title: 'Shelves', threshold: 45 });
    writeOwnModel(images.folder, 'vectors', { task: 'embedding', labels: undefined });
    writeOwnModel(images.folder, 'broken', { input: { layout: 'NCHW', size: [48, 32], resize: 'fit' } });
  });
  after(() => images.clean());

  it('lists them, with what is wrong with their model.json, and looks at no graph', async () => {
    rmSync(join(images.folder, '.datavisor', 'models', 'vectors', 'model.onnx'));
    const listed = await runJson<{ ownModels: { name: string; task: string; problem: string | null }[] }>(
      ['models', 'list', images.folder],
      { env },
    );
    assert.deepEqual(
      listed.ownModels.map(({ name, task, problem }) => [name, task, problem === null]),
      [
        ['broken', null, false],
        ['shelf', 'tagging', true],
        ['vectors', 'embedding', true],
      ],
    );
    assert.match(listed.ownModels[0].problem ?? '', /input\.resize must be "stretch" or "crop" or "pad", not "fit"/);
    writeOwnModel(images.folder, 'vectors', { task: 'embedding', labels: undefined });
    const { stdout } = await runCommand(['models', 'list', images.folder], { env });
    assert.match(stdout, /^shelf {2}\(Shelves; this folder; multi-label\)$/m);
    const bare = await runCommand(['models'], { env });
    assert.doesNotMatch(bare.stdout, /shelf/);
  });

  it('refuses names of providers that images are sent to', async () => {
    const folder = join(images.folder, '.datavisor', 'models', 'google-vision');
    writeOwnModel(images.folder, 'google-vision');
    const { ownModels } = await runJson<{ ownModels: { name: string; problem: string | null }[] }>(
      ['models', 'list', images.folder],
      { env },
    );
    rmSync(folder, { recursive: true });
    assert.match(ownModels.find(({ name }) => name === 'google-vision')?.problem ?? '', /rename the folder/);
  });

  it('tries one on five images before there is a database, and leaves none behind', async () => {
    const { images: tried } = await runJson<Tried>(['models', 'try', 'shelf', images.folder], { env });
    assert.equal(tried.length, 5);
    for (const { width, seen, labels, failure } of tried) {
      assert.deepEqual([width, seen, failure], [192, { width: 48, height: 32 }, null]);
      assert.equal(labels.length, 5);
      const scores = labels.map(({ score }) => score);
      assert.deepEqual(
        scores,
        [...scores].sort((a, b) => b - a),
      );
      assert.ok(labels.every(({ label }) => (OWN_LABELS as readonly string[]).includes(label)));
    }
    assert.ok(!existsSync(join(images.folder, '.datavisor', 'datavisor.duckdb')));
    const { stdout } = await runCommand(['models', 'try', 'vectors', images.folder], { env });
    assert.match(stdout, /image-000\.jpg {2}\(192 × 128, seen as 48 × 32\)\n {2}a vector of 6 numbers/);
  });

  it('tags with one, by its own threshold, once only, and again when a file has changed', async () => {
    const first = await runJson(tag(), { env });
    assert.equal(first.processed, 8);
    assert.ok(
      OWN_LABELS.some((label) => (first.tags[label] ?? 0) > 0),
      JSON.stringify(first.tags),
    );
    assert.equal((await runJson(tag(), { env })).processed, 0);
    const { stdout } = await runCommand(['facets', images.folder], { env });
    assert.match(stdout, /^Shelf/m);
    const names = OWN_LABELS.map((_, i) => `place ${i}`);
    writeFileSync(join(images.folder, '.datavisor', 'models', 'shelf', 'labels.txt'), names.join('\n'));
    const again = await runJson(tag(), { env });
    assert.equal(again.processed, 8);
    assert.ok(again.tags['place 0'] > 0, JSON.stringify(again.tags));
    assert.equal(again.tags[OWN_LABELS[0]], undefined);
  });

  it('maps its labels to tags, as those of any model', async () => {
    const file = join(images.scratch, 'mappings.csv');
    const { stdout } = await runCommand(['mappings', images.folder, 'list', '--json'], { env });
    assert.match(stdout, /place 0/);
    writeFileSync(file, 'provider,external_tag,action,tag,dimension,factor\nshelf,place 0,map,lower shelf,,\n');
    const imported = await runCommand(['mappings', images.folder, 'import', file], { env });
    assert.equal(imported.code, 0, imported.stderr);
    const { tags } = await runJson(['info', images.folder], { env });
    assert.ok(tags['lower shelf'] > 0, JSON.stringify(tags));
  });

  it('tries one on images spread over the index', async () => {
    const { images: tried } = await runJson<Tried>(['models', 'try', 'shelf', images.folder], { env });
    assert.deepEqual(
      tried.map(({ path }) => path),
      [0, 1, 3, 4, 6].map((index) => `image-00${index}.jpg`),
    );
  });

  it('embeds and maps with one', async () => {
    const args = ['project', images.folder, '--embedder', 'vectors', '--device', 'cpu'];
    const mapped = await runJson(args, { env });
    assert.equal(mapped.counts['embedded'], 8);
  });

  it('says what is wrong with a name, a file or an ability', async () => {
    const failing = async (args: string[], exit: number) => {
      const { code, message } = await runFailing(args, exit, { env });
      return `${code}: ${message}`;
    };
    assert.match(await failing(tag('--ask', 'setting'), 2), /^model-unable/);
    assert.match(await failing(tag('--dtype', 'q8'), 2), /^usage: --dtype means nothing for shelf/);
    const named = (name: string) => ['tag', images.folder, '--provider', name, '--device', 'cpu'];
    assert.match(
      await failing(named('nothing'), 2),
      /^model-unknown: .*The folder has of its own: broken, shelf, vectors/,
    );
    assert.match(
      await failing(named('broken'), 1),
      /^own-model-invalid: In .*broken\/model\.json, input\.resize must be/,
    );
    assert.match(await failing(named('vectors'), 2), /^model-unable/);
    writeOwnModel(images.folder, 'wd-vit-tagger-v3');
    assert.match(
      await failing(named('wd-vit-tagger-v3'), 1),
      /has the name of a model or provider that DataVisor knows itself/,
    );
    writeOwnModel(images.folder, 'wide', {}, { layout: 'NHWC', shape: [1, 32, 48, 3] });
    assert.match(await failing(named('wide'), 1), /^model-unusable: .*input\.layout says NCHW, .*which is NHWC/);
    const empty = join(images.scratch, 'empty');
    writeOwnModel(empty, 'shelf');
    assert.match(await failing(['models', 'try', 'shelf', empty], 1), /^no-images/);
  });
});
