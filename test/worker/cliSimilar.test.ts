import * as assert from 'node:assert/strict';
import * as path from 'node:path';
import { clipReplica } from '../fixtures/models/clipReplica';
import { writeReplica } from '../fixtures/models/modelFolder';
import { runCommand, runJson } from './commandLine';
import { ScratchImages } from './scratchImages';

interface SimilarAnswer {
  model: string;
  results: { id: number; path: string; similarity: number; tags: string[] }[];
}

describe('datavisor similar', function () {
  this.timeout(180_000);
  let images: ScratchImages;
  let other: ScratchImages;
  let modelDir: string;

  before(async () => {
    images = await ScratchImages.make();
    other = await ScratchImages.make();
    for (let index = 0; index < 6; index++) await images.draw(`${index < 3 ? 'a' : 'b'}/${index}.png`, index);
    await other.draw('outside.png', 2); // drawn as a/2.png
    modelDir = writeReplica(clipReplica(), path.join(other.folder, 'models'), ['_quantized']);
    await runJson(['embed', images.folder]);
    await runJson(['embed', images.folder, '--embedder', 'clip-vit-base-patch32', '--model-dir', modelDir]);
  });
  after(async () => {
    await images.clean();
    await other.clean();
  });

  const similar = (...args: string[]) => runJson<SimilarAnswer>(['similar', images.folder, ...args]);

  it('lists what looks like an image, itself first, the best next', async () => {
    const { model, results } = await similar('--image', 'a/1.png');
    assert.equal(model, 'visual-look');
    assert.equal(results.length, 6);
    assert.equal(results[0].path, 'a/1.png');
    assert.ok(Math.abs(results[0].similarity - 1) < 1e-4);
    for (let i = 2; i < results.length; i++) assert.ok(results[i - 1].similarity >= results[i].similarity);
    const { code, stdout } = await runCommand(['similar', images.folder, '--image', 'a/1.png', '--limit', '1']);
    assert.deepEqual([code, stdout], [0, '1.000\ta/1.png\n']);
  });

  it('takes several images, paths from outside, and a filter', async () => {
    const several = await similar(
      '--image',
      path.join(images.folder, 'a/0.png'),
      '--image',
      'b/4.png',
      '--filter',
      'path:b/',
    );
    assert.equal(several.results[0].path, 'b/4.png');
    assert.ok(several.results.every((result) => result.path.startsWith('b/')));
  });

  it('embeds an image that is not in the dataset', async () => {
    const outside = path.join(other.folder, 'outside.png');
    for (const more of [[], ['--model', 'clip-vit-base-patch32', '--model-dir', modelDir]]) {
      const { results } = await similar('--image', outside, ...more);
      assert.equal(results[0].path, 'a/2.png');
      assert.ok(results[0].similarity > 0.99, String(results[0].similarity));
    }
  });

  it('finds images by a text, with a model that reads', async () => {
    const { model, results } = await similar('--text', 'a photo taken at night', '--model-dir', modelDir);
    assert.equal(model, 'clip-vit-base-patch32');
    assert.equal(results.length, 6);
    for (let i = 1; i < results.length; i++) assert.ok(results[i - 1].similarity >= results[i].similarity);
  });

  it('says what is wrong with a call', async () => {
    for (const [args, code, text] of [
      [[], 2, /--image PATH/],
      [['--image', 'a/1.png', '--text', 'x'], 2, /--image PATH/],
      [['--image', 'a/1.png', '--limit', '0'], 2, /--limit/],
      [['--image', 'nowhere.png'], 1, /nowhere\.png is neither an image of the dataset/],
      [['--image', 'a/1.png', '--model', 'dinov2-small'], 1, /datavisor embed --embedder dinov2-small/],
    ] as const) {
      const answer = await runCommand(['similar', images.folder, ...args]);
      assert.equal(answer.code, code);
      assert.match(answer.stderr, text);
    }
  });
});
