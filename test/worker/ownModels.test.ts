import * as assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import sharp from 'sharp';
import { installOwnModel } from '../../src/core/models/installOwnModel';
import { ownModelNamed } from '../../src/core/models/ownModels';
import { UserError } from '../../src/protocol/userError';
import type { ModelRequest } from '../../src/protocol/workerApi';
import { OWN_LABELS, OWN_SIZE, writeOwnModel, type OwnGraphOptions } from '../fixtures/models/ownModel';
import { startWorker, type RunningWorker } from './imageWorkerProcess';
import { ScratchImages } from './scratchImages';

const { width, height } = OWN_SIZE;
const SIZE = [width, height];
const input = (changes: object = {}) => ({ input: { layout: 'NCHW', size: SIZE, resize: 'stretch', ...changes } });

describe('models of one’s own', function () {
  this.timeout(120_000);
  let images: ScratchImages;
  let worker: RunningWorker;
  let count = 0;

  /** Each has a name of its own, so that none is still in memory. */
  const request = async (changes: object = {}, graph: OwnGraphOptions = {}): Promise<ModelRequest> => {
    const name = `own-${++count}`;
    writeOwnModel(images.folder, name, { dimension: 'place', ...changes }, graph);
    const entry = await ownModelNamed(images.folder, name, []);
    const { manifest, folder, dtype } = await installOwnModel(entry!.folder, entry!.manifest);
    return { name, weights: manifest.weights!, folder, dtype, device: 'cpu' };
  };

  const ask = async (model: ModelRequest, ...files: string[]): Promise<string[][]> => {
    const items = files.map((file, i) => ({ id: i + 1, path: images.file(file) }));
    const vector = model.weights.abilities.includes('embed-images');
    const dimensions = vector ? [] : [{ name: 'place', question: '', answers: [] }];
    const questions = { dimensions, freeTags: 0, caption: false, vector };
    const { answers } = await worker.api.askModel({ model, items, questions });
    return answers.map((answer) => {
      if (!answer.ok) throw new Error(answer.message);
      if (answer.vector) return [...answer.vector].map((value) => value.toFixed(2));
      return answer.predictions.map(({ dimension, tag, score }) => `${dimension}:${tag}:${Math.round(score)}`);
    });
  };

  before(async () => {
    images = await ScratchImages.make();
    worker = startWorker();
    // 384 × 128: 3 to 1, where the input is 3 to 2. Red, with a blue left end of 24 columns.
    const blue = await sharp({ create: { width: 24, height: 128, channels: 3, background: '#0000ff' } })
      .png()
      .toBuffer();
    const red = sharp({ create: { width: 384, height: 128, channels: 3, background: '#ff0000' } });
    await red
      .composite([{ input: blue, left: 0, top: 0 }])
      .png()
      .toFile(images.file('red.png'));
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    await sharp({ create: { width: 96, height: 64, channels: 4, background: clear } })
      .png()
      .toFile(images.file('clear.png'));
    // Shown turned by 90 degrees: red with a blue upper end, before that with a blue left end.
    await sharp(images.file('red.png'))
      .rotate(-90)
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
      .toFile(images.file('turned.jpg'));
  });
  after(async () => {
    worker.process.disconnect();
    await worker.exited;
    await images.clean();
  });

  it('give several labels an image, each with a score of its own', async () => {
    assert.deepEqual(await ask(await request(), 'red.png', 'clear.png'), [
      ['place:red middle:100', 'place:red edge:25', 'place:blue edge:75'],
      OWN_LABELS.map((label) => `place:${label}:100`),
    ]);
  });

  it('see the channels in their order, in either layout', async () => {
    const layout = 'NHWC' as const;
    const nhwc = { layout, shape: [1, height, width, 3] };
    // What the graph calls red is its first channel, whatever is in it.
    const said = {
      RGB: ['place:red middle:100', 'place:red edge:25', 'place:blue edge:75'],
      BGR: ['place:blue middle:100', 'place:red edge:75', 'place:blue edge:25'],
    };
    for (const colorOrder of ['RGB', 'BGR'] as const) {
      assert.deepEqual(await ask(await request(input({ colorOrder })), 'red.png'), [said[colorOrder]]);
      assert.deepEqual(await ask(await request(input({ layout, colorOrder }), nhwc), 'red.png'), [said[colorOrder]]);
    }
  });

  it('see what is cut out of the middle, or all of it in a border', async () => {
    assert.deepEqual(await ask(await request(input({ resize: 'crop' })), 'red.png'), [
      ['place:red middle:100', 'place:red edge:100'],
    ]);
    const [padded] = await ask(await request(input({ resize: 'pad', padColor: '#00ff00' })), 'red.png');
    // Half of it is a green border, above and below.
    assert.deepEqual(padded, [
      ...['place:red middle:50', 'place:green middle:50'],
      ...['place:red edge:12', 'place:green edge:50', 'place:blue edge:38'],
    ]);
  });

  it('see values as they are normalised', async () => {
    const half = await ask(await request({ normalization: { scale: 0.5 / 255 } }), 'red.png');
    assert.equal(half[0][0], 'place:red middle:50');
    const normalization = { mean: [1, 0, 0], std: [1, 1, 2] };
    const shifted = await ask(await request({ normalization, output: { activation: 'sigmoid' } }), 'red.png');
    assert.equal(shifted[0][0], 'place:red middle:50');
    assert.equal(shifted[0][5], 'place:blue edge:59'); // sigmoid of .75 / 2
  });

  it('see what is turned by its EXIF data as people do', async () => {
    const [said] = await ask(await request(), 'turned.jpg');
    assert.equal(said[0].replace(/:(99|98)$/, ':100'), 'place:red middle:100');
    assert.ok(
      said.some((one) => one.startsWith('place:blue edge:7')),
      said.join(', '),
    );
  });

  it('give one label an image, by softmax', async () => {
    const model = await request({ task: 'single-label', output: { activation: 'softmax' } }, { logits: true });
    // e^6 against e^3, e^-3 and so on
    assert.deepEqual(await ask(model, 'red.png'), [['place:red middle:95']]);
  });

  it('take and give 16-bit numbers, and bytes', async () => {
    const half = await request({}, { type: 'float16', outputType: 'float16' });
    assert.equal((await ask(half, 'red.png'))[0][0], 'place:red middle:100');
    const bytes = await request({ normalization: { scale: 1 }, output: { activation: 'sigmoid' } }, { type: 'uint8' });
    assert.deepEqual((await ask(bytes, 'red.png'))[0], [
      ...['place:red middle:100', 'place:green middle:50', 'place:blue middle:50'],
      ...['place:red edge:100', 'place:green edge:50', 'place:blue edge:100'],
    ]);
  });

  it('give vectors of unit length, and know no texts', async () => {
    const model = await request({ task: 'embedding', labels: undefined, dimension: undefined, output: { length: 6 } });
    const [vector] = await ask(model, 'clear.png');
    assert.deepEqual(vector, Array(6).fill((1 / Math.sqrt(6)).toFixed(2)));
    await assert.rejects(worker.api.embedTexts({ model, texts: ['a dog'] }), /does not know texts/);
  });

  it('show what they see and say of images that a person tries', async () => {
    const items = [
      { id: 1, path: images.file('red.png') },
      { id: 2, path: images.file('none.png') },
    ];
    const tried = await worker.api.tryModel({ model: await request(), items, labels: 2 });
    assert.equal(tried.loaded.device, 'cpu');
    const [first, second] = tried.images;
    assert.ok(first.ok && !second.ok);
    assert.deepEqual(
      { ...first, labels: first.labels.map(({ label, score }) => `${label}:${Math.round(score)}`) },
      {
        ...{ ok: true, id: 1, width: 384, height: 128, seen: { width, height } },
        ...{ labels: ['red middle:100', 'blue edge:75'], vectorLength: null },
      },
    );
    assert.equal(second.code, 'unreadable');
  });

  const wrong: [string, object, OwnGraphOptions, RegExp][] = [
    [
      'the layout',
      {},
      { layout: 'NHWC', shape: [1, height, width, 3] },
      /input\.layout says NCHW, but the graph's input "pixels" is \[1, 32, 48, 3\], which is NHWC/,
    ],
    ['the axes', {}, { shape: [1, 3, height, width, 1] }, /input\.layout says NCHW, which are four axes, but/],
    [
      'the channels',
      {},
      { shape: [1, 1, height, width] },
      /input\.layout .*\[1, 1, 32, 48\], which has no three channels/,
    ],
    [
      'the size',
      input({ size: [32, 48] }),
      { shape: ['n', 3, height, width] },
      /input\.size says \[32, 48\] \(width, height\), but/,
    ],
    ['the batch', {}, { shape: [4, 3, height, width] }, /input is one image or any number .*\[4, 3, 32, 48\]/],
    [
      'the type of the input',
      {},
      { type: 'double' },
      /input "pixels" is of type float64 in the graph, .*float32, float16, uint8/,
    ],
    ['the type of the output', {}, { outputType: 'double' }, /output "scores" is of type float64/],
    ['the normalisation of bytes', {}, { type: 'uint8' }, /normalization changes the values, .*uint8/],
    ['the name of the input', input({ name: 'image' }), {}, /input\.name says "image", but the graph has "pixels"/],
    [
      'the name of the output',
      { output: { name: 'probs' } },
      {},
      /output\.name says "probs", but the graph has "scores"/,
    ],
    ['several inputs', {}, { double: true }, /input is one image, but the graph has 2 inputs: "pixels", "mask"/],
    [
      'the length',
      { task: 'embedding', labels: undefined, dimension: undefined, output: { length: 7 } },
      {},
      /output\.length says 7, .*\[n, 6\]/,
    ],
    ['the activation', {}, { logits: true }, /output\.activation says "none", but the graph gives/],
  ];
  for (const [what, changes, graph, message] of wrong) {
    it(`say what is wrong with ${what}`, async () => {
      await assert.rejects(
        ask(await request(changes, graph), 'red.png'),
        (error) => error instanceof UserError && error.code === 'model-unusable' && message.test(error.message),
      );
    });
  }

  it('say when the labels are not as many as the numbers, also where the graph does not say how many', async () => {
    for (const graph of [{}, { outputShape: ['n', 'labels'] }]) {
      const model = await request({}, graph);
      writeFileSync(join(model.folder, 'labels.txt'), 'a\nb\n');
      await assert.rejects(
        ask(model, 'red.png'),
        /labels\.txt names 2 labels, but the model has 6.*labels of model\.json/,
      );
    }
  });

  it('say when the labels or the graph cannot be read', async () => {
    const model = await request();
    writeFileSync(join(model.folder, 'labels.txt'), 'a\na\n');
    await assert.rejects(ask(model, 'red.png'), /labels\.txt \(labels of model\.json\) cannot be used: lines 1 and 2/);
    const gone = await request();
    rmSync(join(gone.folder, 'model.onnx'));
    await assert.rejects(ask(gone, 'red.png'), /model\.onnx is not a model that can be run .*Export it anew/);
  });
});
