import * as assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { externalDataFiles } from '../../../src/core/models/externalData';
import { installOwnModel } from '../../../src/core/models/installOwnModel';
import { listOwnModels, ownModelNamed } from '../../../src/core/models/ownModels';
import { parseOwnModel } from '../../../src/core/models/ownModelFile';
import { loadVocabulary } from '../../../src/core/vocabulary/loadVocabulary';
import type { OwnModel } from '../../../src/protocol/ownModel';
import { UserError } from '../../../src/protocol/userError';
import { ownGraph, ownModelJson, writeOwnModel } from '../../fixtures/models/ownModel';

const input = ownModelJson()['input'] as Record<string, unknown>;
const withInput = (changes: object) => ({ input: { ...input, ...changes } });
const parse = (changes: Record<string, unknown> = {}): OwnModel =>
  parseOwnModel(JSON.stringify(ownModelJson(changes)), '/photos/model.json');

describe('model.json of a model of one’s own', () => {
  it('is read with what it leaves out', () => {
    const model = parse();
    assert.deepEqual(model.input, {
      ...{ layout: 'NCHW', colorOrder: 'RGB', size: [48, 32], resize: 'stretch' },
      ...{ padColor: '#ffffff', interpolation: 'bilinear' },
    });
    assert.deepEqual(model.normalization, { scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] });
    assert.deepEqual(model.output, { activation: 'none' });
    assert.equal(parse({ dimension: ' Shop  Shelf ' }).dimension, 'shop shelf');
  });

  const wrong: [string, Record<string, unknown>, RegExp][] = [
    ['task', { task: undefined }, /, task is missing/],
    ['task', { task: 'tagging' }, /, task must be "multi-label" or "single-label" or "embedding", not "tagging"/],
    ['an unknown field', { threshhold: 5 }, /, threshhold is no field that is known here/],
    ['graph', { graph: '../model.onnx' }, /, graph must be a file in the folder/],
    ['graph', { graph: '/etc/model.onnx' }, /, graph must be a file in the folder/],
    ['graph', { graph: 'model.pt' }, /, graph must be a file whose name ends in "\.onnx"/],
    ['input', { input: undefined }, /, input is missing/],
    ['input', { input: 'x' }, /, input must be an object, not "x"/],
    ['input.layout', withInput({ layout: 'CHW' }), /, input\.layout must be "NCHW" or "NHWC", not "CHW"/],
    ['input.colorOrder', withInput({ colorOrder: 'GRB' }), /, input\.colorOrder must be "RGB" or "BGR"/],
    ['input.size', withInput({ size: 224 }), /, input\.size must be a list, not 224/],
    ['input.size', withInput({ size: [224] }), /, input\.size must be \[width, height\]/],
    ['input.size.1', withInput({ size: [224, 0] }), /, input\.size\.1 must be at least 1/],
    ['input.resize', withInput({ resize: 'fit' }), /, input\.resize must be "stretch" or "crop" or "pad"/],
    ['input.shortestEdge', withInput({ shortestEdge: 60 }), /, input\.shortestEdge is only for input\.resize "crop"/],
    ['input.shortestEdge', withInput({ resize: 'crop', shortestEdge: 40 }), /, input\.shortestEdge is 40, but 48/],
    ['input.padColor', withInput({ resize: 'pad', padColor: 'white' }), /, input\.padColor must be a colour/],
    ['input.interpolation', withInput({ interpolation: 'nearest' }), /, input\.interpolation must be "bilinear"/],
    ['normalization.scale', { normalization: { scale: 0 } }, /, normalization\.scale must not be 0/],
    ['normalization.scale', { normalization: { scale: '1/255' } }, /, normalization\.scale must be a number/],
    ['normalization.mean', { normalization: { mean: [0.5] } }, /, normalization\.mean must be three numbers/],
    ['normalization.std', { normalization: { std: [1, 0, 1] } }, /, normalization\.std must have no 0/],
    ['output.activation', { output: { activation: 'relu' } }, /, output\.activation must be "none" or "sigmoid"/],
    ['output.activation', { task: 'single-label', output: { activation: 'sigmoid' } }, /, output\.activation is "sigm/],
    ['output.length', { output: { length: 6 } }, /, output\.length is only for task "embedding"/],
    ['labels', { labels: undefined }, /, labels is missing: a multi-label model/],
    ['labels', { task: 'embedding' }, /, labels is only for models with labels/],
    ['threshold', { threshold: 101 }, /, threshold must be at most 100/],
    ['dimension', { dimension: 'a/b' }, /, dimension must be 2 to 50 letters/],
    ['dimension', { dimension: 'width' }, /, dimension is "width", which filters use/],
    ['revision', { revision: 3 }, /, revision must be a text, not 3/],
  ];
  for (const [field, changes, message] of wrong) {
    it(`names ${field} when it is ${JSON.stringify(changes).slice(0, 60)}`, () => {
      assert.throws(
        () => parse(changes),
        (error: unknown) =>
          error instanceof UserError && error.code === 'own-model-invalid' && message.test(error.message),
      );
    });
  }

  it('says where it is no JSON', () => {
    assert.throws(
      () => parseOwnModel('{"task": ', '/photos/model.json'),
      /^UserError: \/photos\/model\.json is no JSON/,
    );
  });
});

describe('models of one’s own in a folder', () => {
  let dataset: string;
  beforeEach(() => {
    dataset = mkdtempSync(join(tmpdir(), 'dv-own-'));
  });
  afterEach(() => rmSync(dataset, { recursive: true, force: true }));

  const install = async (name: string) => {
    const entry = await ownModelNamed(dataset, name, []);
    assert.ok(entry);
    return installOwnModel(entry.folder, entry.manifest);
  };

  it('are none in a folder without any', async () => {
    assert.deepEqual(await listOwnModels(dataset, []), []);
    assert.equal(await ownModelNamed(dataset, 'shelf', []), null);
  });

  it('are listed by name, with what is wrong with single ones', async () => {
    writeOwnModel(dataset, 'shelf', { title: 'Shelves', threshold: 45 });
    writeOwnModel(dataset, 'broken', { task: 'x' });
    writeOwnModel(dataset, 'clip-vit-base-patch32');
    writeOwnModel(dataset, 'Upper Case');
    mkdirSync(join(dataset, '.datavisor', 'models', 'empty'));
    const listed = await listOwnModels(dataset, ['clip-vit-base-patch32']);
    assert.deepEqual(
      listed.map(({ name }) => name),
      ['Upper Case', 'broken', 'clip-vit-base-patch32', 'empty', 'shelf'],
    );
    assert.match(listed[0].problem!, /Upper Case has a name that is not of small letters/);
    assert.match(listed[1].problem!, /broken\/model\.json, task must be/);
    assert.match(listed[2].problem!, /has the name of a model or provider that DataVisor knows itself/);
    assert.match(listed[3].problem!, /empty\/model\.json does not exist/);
    const { manifest, problem } = listed[4];
    assert.equal(problem, null);
    assert.equal(manifest?.title, 'Shelves');
    assert.deepEqual(manifest?.labelThresholds, { shelf: 45 });
    assert.deepEqual(manifest?.weights?.abilities, ['labels']);
    await assert.rejects(ownModelNamed(dataset, 'broken', []), /task must be/);
  });

  it('answer a dimension of the vocabulary, broken ones none', async () => {
    writeOwnModel(dataset, 'shelf.v2');
    writeOwnModel(dataset, 'species', { task: 'single-label', dimension: 'bird' });
    writeOwnModel(dataset, 'things', { dimension: 'object' });
    writeOwnModel(dataset, 'vectors', { task: 'embedding', labels: undefined });
    writeOwnModel(dataset, 'broken', { task: 'x' });
    const before = await loadVocabulary(join(dataset, 'none'));
    const added = (await loadVocabulary(dataset)).slice(before.length);
    assert.deepEqual(
      added.map(({ name, title, multiple }) => ({ name, title, multiple })),
      [
        { name: 'shelf-v2', title: 'Shelf-v2', multiple: true },
        { name: 'bird', title: 'Bird', multiple: false },
      ],
    );
  });

  it('change their revision with the graph, the labels and what model.json says of answers', async () => {
    const revisions = new Set<string>();
    const note = async () => revisions.add((await install('shelf')).manifest.revision);
    const folder = writeOwnModel(dataset, 'shelf', { revision: '7' });
    await note();
    writeOwnModel(dataset, 'shelf', { revision: '7', title: 'Another title', threshold: 10 });
    await note();
    assert.equal(revisions.size, 1, 'a title changes no answer');
    assert.match([...revisions][0], /^7-[0-9a-f]{12}$/);
    writeFileSync(join(folder, 'labels.txt'), 'a\nb\nc\nd\ne\nsomething else\n');
    await note();
    ownGraph({ logits: true }).write(join(folder, 'model.onnx'));
    await note();
    writeFileSync(join(folder, 'model.json'), JSON.stringify(ownModelJson({ output: { activation: 'sigmoid' } })));
    await note();
    assert.equal(revisions.size, 4);
  });

  it('may have weights beside the graph, which count for the revision', async () => {
    const folder = writeOwnModel(dataset, 'shelf', {}, { beside: 'model.onnx.data' });
    assert.deepEqual(await externalDataFiles(join(folder, 'model.onnx')), ['model.onnx.data']);
    await assert.rejects(
      install('shelf'),
      /graph names model\.onnx, whose weights lie in model\.onnx\.data, which does not exist/,
    );
    writeFileSync(join(folder, 'model.onnx.data'), new Uint8Array(Float32Array.of(1).buffer));
    const first = await install('shelf');
    writeFileSync(join(folder, 'model.onnx.data'), new Uint8Array(Float32Array.of(0.5, 1).buffer));
    assert.notEqual((await install('shelf')).manifest.revision, first.manifest.revision);
  });

  it('are refused when a file leads out of their folder', async () => {
    const outside = join(dataset, 'outside.onnx');
    ownGraph().write(outside);
    const folder = writeOwnModel(dataset, 'shelf', {}, { beside: '../../../weights.bin' });
    writeFileSync(join(dataset, 'weights.bin'), new Uint8Array(4));
    await assert.rejects(install('shelf'), /weights lie in \.\.\/\.\.\/\.\.\/weights\.bin, which leads out of/);
    writeOwnModel(dataset, 'shelf', {}, { beside: join(dataset, 'weights.bin') });
    await assert.rejects(install('shelf'), /weights lie in .*weights\.bin, which leads out of/);
    rmSync(join(folder, 'model.onnx'));
    symlinkSync(outside, join(folder, 'model.onnx'));
    await assert.rejects(install('shelf'), /graph names model\.onnx, which leads out of/);
    rmSync(join(folder, 'model.onnx'));
    ownGraph().write(join(folder, 'other.onnx'));
    symlinkSync('other.onnx', join(folder, 'model.onnx'));
    assert.equal((await install('shelf')).dtype, 'own'); // inside is fine
    rmSync(join(folder, 'labels.txt'));
    symlinkSync('/etc/hostname', join(folder, 'labels.txt'));
    await assert.rejects(install('shelf'), /labels names labels\.txt, which leads out of/);
  });

  it('are refused when model.json or the whole folder is a link that leads out', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'dv-own-elsewhere-'));
    try {
      const folder = writeOwnModel(elsewhere, 'shelf');
      mkdirSync(join(dataset, '.datavisor', 'models', 'linked'), { recursive: true });
      symlinkSync(folder, join(dataset, '.datavisor', 'models', 'shelf'));
      symlinkSync(join(folder, 'model.json'), join(dataset, '.datavisor', 'models', 'linked', 'model.json'));
      const problems = (await listOwnModels(dataset, [])).map(({ problem }) => problem ?? '');
      assert.equal(problems.length, 2);
      for (const problem of problems) assert.match(problem, /leads out of/);
    } finally {
      rmSync(elsewhere, { recursive: true, force: true });
    }
  });

  it('are refused when a file is missing, no graph, or cut off', async () => {
    const folder = writeOwnModel(dataset, 'shelf');
    writeFileSync(join(folder, 'model.onnx'), ownGraph().encode().subarray(0, -5));
    await assert.rejects(install('shelf'), /graph names model\.onnx, which is not a whole ONNX model/);
    rmSync(join(folder, 'model.onnx'));
    await assert.rejects(install('shelf'), /graph names model\.onnx, which does not exist/);
    mkdirSync(join(folder, 'model.onnx'));
    await assert.rejects(install('shelf'), /graph names model\.onnx, which is no file/);
    rmSync(join(folder, 'model.onnx'), { recursive: true });
    ownGraph().write(join(folder, 'model.onnx'));
    rmSync(join(folder, 'labels.txt'));
    await assert.rejects(install('shelf'), /labels names labels\.txt, which does not exist/);
  });

  it('say when the folder of models cannot be read', async () => {
    mkdirSync(join(dataset, '.datavisor'));
    symlinkSync('models', join(dataset, '.datavisor', 'models')); // leads to itself
    await assert.rejects(listOwnModels(dataset, []), /models cannot be read/);
  });
});
