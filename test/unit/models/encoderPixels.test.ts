import * as assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { headerOf } from '../../../src/worker/header/readHeader';
import { decodeForModel } from '../../../src/worker/image/decodeForModel';
import { readImageProcessing, resizedSize } from '../../../src/worker/models/encoders/imageProcessing';
import { pixelValues } from '../../../src/worker/models/encoders/pixelValues';
import references from '../../fixtures/models/referencePixels.json';

const files: Readonly<Record<string, string>> = references.files;

/** Differences of a value from its reference, in levels of 255. */
async function differences(reference: (typeof references.cases)[number]): Promise<number[]> {
  const processing = readImageProcessing(reference.config);
  const bytes = Buffer.from(files[reference.file], 'base64');
  const header = await headerOf(bytes);
  const raster = await decodeForModel(bytes, header, resizedSize(processing, header));
  const values = pixelValues(raster, processing);
  const { step } = reference;
  const [, rows, columns] = reference.shape;
  const expected = Buffer.from(reference.expected, 'base64');
  const full = Math.sqrt(values.length / 3);
  const width = step === 1 ? columns : full;
  const height = values.length / 3 / width;
  return Array.from({ length: 3 * rows * columns }, (_, i) => {
    const channel = Math.floor(i / (rows * columns));
    const y = Math.floor(i / columns) % rows;
    const value = values[(channel * height + y * step) * width + (i % columns) * step];
    const level = processing.rescale / processing.std[channel];
    return Math.abs(value - expected.readFloatLE(4 * i)) / level;
  });
}

describe('pixels for models, against Pillow', () => {
  it('has a reference for every kind of image', () => assert.equal(references.cases.length, 24));

  for (const reference of references.cases) {
    it(`${reference.name}: off by at most ${reference.levels} of 255`, async () => {
      const off = await differences(reference);
      const most = Math.max(...off);
      const mean = off.reduce((sum, value) => sum + value, 0) / off.length;
      // what float32 keeps of a level is far more than a thousandth
      assert.ok(most <= reference.levels + 0.001, `off by ${most}`);
      assert.ok(mean <= Math.max(0.001, reference.levels / 4), `off by ${mean} on average`);
    });
  }
});
