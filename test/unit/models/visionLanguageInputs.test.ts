import * as assert from 'node:assert/strict';
import { AutoProcessor, RawImage, env } from '@huggingface/transformers';
import type { Raster } from '../../../src/worker/image/raster';
import { layoutOf } from '../../../src/worker/models/visionLanguage/familyLayout';
import { readImageSettings, type ImageSettings } from '../../../src/worker/models/visionLanguage/imageSettings';
import { visionInputs } from '../../../src/worker/models/visionLanguage/visionInputs';
import references from '../../fixtures/models/referenceVisionInputs.json';
import {
  VISION_LANGUAGE_FAMILIES,
  VISION_LANGUAGE_REPLICAS,
  type VisionLanguageFamily,
} from '../../fixtures/models/visionLanguageReplicas';
import { NATIVE_SIZE, drawImage, scratchModels } from './visionLanguageModels';

/** What float32 and five decimals leave of a value; a level of 255 is at least .0078. */
const EXACT = 2e-5;

function settingsOf(family: VisionLanguageFamily): ImageSettings {
  const { files } = VISION_LANGUAGE_REPLICAS[family]();
  return readImageSettings(layoutOf(family).pixels, files['preprocessor_config.json']);
}

/** The image of referenceVisionInputs.py. */
function drawReference(width: number, height: number): Raster {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const striped = (Math.floor(x / 3) + Math.floor(y / 5)) % 2 === 0;
      data[at] = Math.floor((x * 255) / Math.max(1, width - 1));
      data[at + 1] = striped ? 230 : Math.floor((y * 200) / Math.max(1, height - 1));
      data[at + 2] = (Math.floor((x * x + y * y) / 64) + ((x * 7 + y * 13) % 31)) % 256;
    }
  }
  return { data, width, height };
}

const every = (values: ArrayLike<number>, step: number) =>
  Array.from({ length: Math.ceil(values.length / step) }, (_, i) => values[i * step]);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('what vision encoders are fed, against Pillow', () => {
  for (const reference of references.cases) {
    const family = reference.family as VisionLanguageFamily;
    it(`is the same: ${family}, ${reference.width} × ${reference.height}`, () => {
      const { pixels, dims } = visionInputs(drawReference(reference.width, reference.height), settingsOf(family));
      assert.deepEqual(dims, reference.dims);
      every(pixels, references.step).forEach((value, i) =>
        assert.ok(Math.abs(value - reference.values[i]) < EXACT, `${value} instead of ${reference.values[i]} at ${i}`),
      );
      const sum = pixels.reduce((total, value) => total + value, 0);
      const squares = pixels.reduce((total, value) => total + value * value, 0);
      assert.ok(Math.abs(sum / pixels.length - reference.mean) < EXACT);
      assert.ok(Math.abs(squares / pixels.length - reference.meanSquare) < EXACT);
    });
  }

  it('resizes for Idefics3 once where its processor resizes twice: 2.5 levels of 255 apart on average at most', () => {
    for (const { width, height, twoSteps } of references.cases) {
      if (!twoSteps) continue;
      const { pixels } = visionInputs(drawReference(width, height), settingsOf('idefics3'));
      const apart = mean(every(pixels, references.step).map((value, i) => Math.abs(value - twoSteps[i]) * 127.5));
      assert.ok(apart < 2.5, `${width} × ${height}: ${apart} levels`);
    }
  });
});

/** Of the library's tensors, what is looked at. */
interface Floats {
  readonly data: Float32Array;
  readonly dims: number[];
}

describe('what vision encoders are fed, against the library', () => {
  const models = scratchModels();

  for (const family of VISION_LANGUAGE_FAMILIES) {
    it(`is laid out alike where nothing is resized: ${family}`, async () => {
      Object.assign(env, { allowRemoteModels: false, useFSCache: false, logLevel: 50 });
      const image = drawImage(...NATIVE_SIZE[family]);
      const processor = await AutoProcessor.from_pretrained(models.write(family).folder);
      const process = processor.image_processor as unknown as {
        (image: RawImage, options: object): Promise<{ pixel_values: Floats; image_grid_thw?: { data: BigInt64Array } }>;
        do_resize: boolean;
      };
      process.do_resize = family === 'qwen2-vl';
      const raw = new RawImage(new Uint8ClampedArray(image.data), image.width, image.height, 3);
      const theirs = await process(raw, { do_image_splitting: false });
      const ours = visionInputs(image, settingsOf(family));
      assert.deepEqual(ours.dims, theirs.pixel_values.dims);
      const { data } = theirs.pixel_values;
      assert.ok(ours.pixels.every((value, i) => Math.abs(value - data[i]) < 1e-6));
      const grid = theirs.image_grid_thw ? Array.from(theirs.image_grid_thw.data, Number) : null;
      assert.deepEqual(ours.grid, grid);
    });
  }
});

describe('settings of vision encoders', () => {
  const { files } = VISION_LANGUAGE_REPLICAS['qwen2-vl']();
  const config = files['preprocessor_config.json'];

  it('keep to 512 tokens an image unless the manifest says otherwise', () => {
    const tokens = (own?: object) => {
      const { grid } = visionInputs(drawImage(1500, 1000), readImageSettings('patches', config, { ...own }));
      return (grid![1] * grid![2]) / 4;
    };
    assert.ok(tokens() <= 512 && tokens() > 400, `${tokens()}`);
    assert.ok(tokens({ max_pixels: 100_352 }) <= 128);
    assert.ok(tokens({ max_pixels: 1_003_520 }) > 1000);
  });

  it('name the field that is wrong', () => {
    assert.throws(() => readImageSettings('patches', { ...config, patch_size: 'big' }), /patch_size|number/i);
    assert.throws(() => readImageSettings('tile', config), /max_image_size|object/i);
  });
});
