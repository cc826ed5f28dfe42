import * as assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseOwnModel } from '../../../src/core/models/ownModelFile';
import type { Raster } from '../../../src/worker/image/raster';
import { pixelValues } from '../../../src/worker/models/encoders/pixelValues';
import { floatToHalf, halfToFloat } from '../../../src/worker/models/float16';
import { ownProcessing } from '../../../src/worker/models/own/ownProcessing';
import { parseLabels } from '../../../src/worker/models/own/readOwnLabels';
import { toProbabilities } from '../../../src/worker/models/own/toProbabilities';
import { ownModelJson } from '../../fixtures/models/ownModel';

const RED = [200, 100, 50];
const plain = (width: number, height: number): Raster => ({
  data: Uint8Array.from({ length: 3 * width * height }, (_, i) => RED[i % 3]),
  width,
  height,
});
/** The left half black, the right half white. */
const halves = (width: number, height: number): Raster => ({
  data: Uint8Array.from({ length: 3 * width * height }, (_, i) => (Math.floor(i / 3) % width < width / 2 ? 0 : 255)),
  width,
  height,
});

const valuesOf = (image: Raster, input: object, more: Record<string, unknown> = {}) => {
  const fields = { layout: 'NCHW', size: [4, 2], resize: 'stretch', ...input };
  const model = parseOwnModel(JSON.stringify(ownModelJson({ input: fields, ...more })), 'model.json');
  return [...pixelValues(image, ownProcessing(model))];
};
const AS_THEY_ARE = { normalization: { scale: 1 } };
const times = (count: number, ...values: number[]) => Array.from({ length: count }, () => values).flat();

describe('pixels for a model of one’s own', () => {
  it('are planes of channels or channels of pixels, in the order that it says', () => {
    const image = plain(8, 4);
    assert.deepEqual(valuesOf(image, {}, AS_THEY_ARE), [...times(8, 200), ...times(8, 100), ...times(8, 50)]);
    assert.deepEqual(valuesOf(image, { layout: 'NHWC' }, AS_THEY_ARE), times(8, 200, 100, 50));
    assert.deepEqual(valuesOf(image, { layout: 'NHWC', colorOrder: 'BGR' }, AS_THEY_ARE), times(8, 50, 100, 200));
    const planes = valuesOf(image, { colorOrder: 'BGR' }, AS_THEY_ARE);
    assert.deepEqual(planes, [...times(8, 50), ...times(8, 100), ...times(8, 200)]);
  });

  it('are scaled, and normalised in the order of the channels', () => {
    const rounded = (values: number[]) => values.slice(0, 3).map((value) => Math.round(1000 * value) / 1000);
    assert.deepEqual(rounded(valuesOf(plain(4, 2), { layout: 'NHWC' })), [0.784, 0.392, 0.196]);
    const normalization = { scale: 0.01, mean: [1, 0, 0.5], std: [1, 2, 0.5] };
    assert.deepEqual(rounded(valuesOf(plain(4, 2), { layout: 'NHWC' }, { normalization })), [1, 0.5, 0]);
    const bgr = { layout: 'NHWC', colorOrder: 'BGR' };
    assert.deepEqual(rounded(valuesOf(plain(4, 2), bgr, { normalization })), [-0.5, 0.5, 3]);
  });

  it('are stretched, cut out of the middle, or bordered', () => {
    const row = (input: object) => valuesOf(halves(32, 4), { layout: 'NHWC', ...input }, AS_THEY_ARE).slice(0, 12);
    // near the middle the filter mixes both
    const reds = (values: number[]) => values.filter((_, i) => i % 3 === 0).map((value) => (value > 127 ? 255 : 0));
    assert.deepEqual(reds(row({ resize: 'stretch' })), [0, 0, 255, 255]);
    const wide = halves(40, 4);
    wide.data.fill(7, 0, 30); // the upper left end, which the cut leaves out
    const cut = valuesOf(wide, { layout: 'NHWC', resize: 'crop' }, AS_THEY_ARE);
    assert.ok(!cut.includes(7));
    assert.deepEqual(reds(cut).slice(0, 4), [0, 0, 255, 255]);
    const padded = valuesOf(plain(2, 2), { layout: 'NHWC', resize: 'pad', padColor: '#0a141e' }, AS_THEY_ARE);
    assert.deepEqual(padded.slice(0, 12), [10, 20, 30, ...RED, ...RED, 10, 20, 30]);
    const white = valuesOf(plain(2, 2), { layout: 'NHWC', resize: 'pad', colorOrder: 'BGR' }, AS_THEY_ARE);
    assert.deepEqual(white.slice(0, 6), [255, 255, 255, 50, 100, 200]);
  });

  it('come from a larger cut where the shorter side is said', () => {
    const image = halves(32, 32);
    image.data.fill(255, 0, 3 * 32 * 8); // the upper quarter is white
    const top = (more: object) => {
      const input = { size: [4, 4], layout: 'NHWC', resize: 'crop', ...more };
      return valuesOf(image, input, AS_THEY_ARE)[0] > 127;
    };
    assert.equal(top({}), true);
    assert.equal(top({ shortestEdge: 16 }), false);
  });
});

describe('numbers of a model of one’s own', () => {
  it('become probabilities as it says', () => {
    const row = Float32Array.of(0, 2, -2);
    const shown = (values: Float32Array) => [...values].map((value) => value.toFixed(3));
    assert.deepEqual(shown(toProbabilities(row, 'sigmoid')), ['0.500', '0.881', '0.119']);
    assert.deepEqual(shown(toProbabilities(row, 'softmax')), ['0.117', '0.867', '0.016']);
    assert.deepEqual(shown(toProbabilities(Float32Array.of(1000, 0), 'softmax')), ['1.000', '0.000']);
    assert.deepEqual(shown(toProbabilities(Float32Array.of(1.001, 0), 'none')), ['1.001', '0.000']);
    assert.throws(() => toProbabilities(row, 'none'), /output\.activation says "none", but the graph gives 2\.000/);
  });

  it('are the nearest of 16 bits', () => {
    for (let bits = 0; bits < 0x7c00; bits++) {
      assert.equal(floatToHalf(halfToFloat(bits)), bits);
      assert.equal(floatToHalf(-halfToFloat(bits)) & 0x7fff, bits);
    }
    assert.equal(halfToFloat(floatToHalf(1 + 2 ** -11)), 1, 'half way to the even one');
    assert.equal(halfToFloat(floatToHalf(1 + 3 * 2 ** -11)), 1 + 2 ** -9);
    assert.equal(halfToFloat(floatToHalf(65519)), 65504);
    assert.equal(halfToFloat(floatToHalf(65520)), Infinity);
    assert.ok(Number.isNaN(halfToFloat(floatToHalf(NaN))));
  });
});

describe('labels of a model of one’s own', () => {
  it('are lines, or the column "name"', () => {
    assert.deepEqual(parseLabels('\uFEFFcat\r\n a dog \r\n\r\n', false), ['cat', 'a dog']);
    assert.deepEqual(parseLabels('id,name\n1,cat\n2,"dog, small"\n', true), ['cat', 'dog, small']);
    assert.deepEqual(parseLabels('name\ncat\ndog', true), ['cat', 'dog']);
  });

  it('are refused with the line that is wrong', () => {
    assert.throws(() => parseLabels('cat\n\ndog', false), /line 2 names no label/);
    assert.throws(() => parseLabels('cat\ndog\ncat', false), /lines 1 and 3 both say "cat"/);
    assert.throws(() => parseLabels('', false), /line 1 names no label/);
    assert.throws(() => parseLabels('x'.repeat(201), false), /line 1 has more than 200 letters/);
    assert.throws(() => parseLabels('id,label\n1,cat', true), /no column "name"/);
    assert.throws(() => parseLabels('id,name\n1,cat\n2', true), /line 3/);
    assert.throws(() => parseLabels('name\n', true), /names no labels/);
  });
});
