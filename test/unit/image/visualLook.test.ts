import * as assert from 'node:assert/strict';
import { DESCRIPTOR_LENGTH } from '../../../src/protocol/workerApi';
import { visualLookEmbedder } from '../../../src/worker/embedders/visualLook';
import { VISUAL_LOOK_LAYOUT, VISUAL_LOOK_OFFSETS } from '../../../src/worker/embedding/visualLookLayout';
import { eighths } from '../../../src/worker/image/direction';
import { perceptualHash } from '../../../src/worker/image/perceptualHash';
import type { Raster } from '../../../src/worker/image/raster';
import { squeeze } from '../../../src/worker/image/squeeze';
import { analyzed, draw } from './drawing';

const scene = (width: number, height: number, phase = 0): Raster =>
  draw(width, height, (x, y) => {
    const [u, v] = [x / width, y / height];
    const wave = Math.sin(9 * u + phase) * Math.cos(7 * v) + Math.sin(23 * u * v);
    return v < 0.4 ? [90 + 40 * wave, 140 + 30 * wave, 220] : [120 + 60 * wave, 110 + 50 * wave, 60 + 30 * u];
  });

const describeRaster = (raster: Raster) => visualLookEmbedder.describe(analyzed(raster)) as Float32Array;

const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.sqrt(Array.from(a, (value, i) => (value - b[i]) ** 2).reduce((sum, value) => sum + value, 0));

const part = (descriptor: Float32Array, name: string) => {
  const index = VISUAL_LOOK_LAYOUT.findIndex((entry) => entry.name === name);
  return descriptor.subarray(VISUAL_LOOK_OFFSETS[index], VISUAL_LOOK_OFFSETS[index + 1]);
};

const bitsApart = (a: string, b: string) => {
  const difference = (BigInt(`0x${a}`) ^ BigInt(`0x${b}`)).toString(2);
  return difference.replaceAll('0', '').length;
};

describe('the visual look', () => {
  it('has 904 finite numbers, for images of any shape', () => {
    for (const [width, height] of [
      [480, 360],
      [1, 1],
      [1, 400],
      [400, 1],
      [128, 128],
      [130, 5],
    ]) {
      const descriptor = describeRaster(scene(width, height));
      assert.equal(descriptor.length, DESCRIPTOR_LENGTH);
      assert.ok(descriptor.every(Number.isFinite), `${width} × ${height}`);
    }
    for (const level of [0, 255])
      assert.ok(describeRaster(draw(90, 90, () => [level, level, level])).every(Number.isFinite));
  });

  it('stays close when the image is scaled, and not when it is another', () => {
    const original = describeRaster(scene(480, 360));
    const scaled = distance(original, describeRaster(scene(300, 225)));
    const other = distance(original, describeRaster(scene(480, 360, 2)));
    assert.ok(scaled < other / 3, `${scaled} against ${other}`);
  });

  it('puts every part where the layout says', () => {
    const gray = describeRaster(draw(256, 256, () => [119, 119, 119]));
    const [l, a, b] = part(gray, 'thumbnail');
    assert.ok(Math.abs(l * 50 - 50) < 1 && Math.abs(a) < 0.05 && Math.abs(b) < 0.05, 'L* of gray 119 is 50');
    assert.ok(
      part(gray, 'orientation128').every((energy) => energy === 0),
      'no edges, no energy',
    );
    assert.ok(Math.abs(part(gray, 'global')[3] * 50 - 50) <= 1, 'median lightness');
    const striped = describeRaster(draw(256, 256, (x) => ((x >> 3) & 1 ? [200, 200, 200] : [60, 60, 60])));
    const [first, ...rest] = part(striped, 'orientation128').subarray(40, 48);
    assert.ok(
      rest.every((energy) => energy < first / 4),
      'upright stripes have horizontal gradients only',
    );
  });

  it('measures angles in eighths of a turn', () => {
    for (let step = 0; step < 64; step++) {
      const angle = (step / 64) * 2 * Math.PI;
      const measured = eighths(Math.cos(angle) * 100, Math.sin(angle) * 100);
      assert.ok(measured >= 0 && measured < 8);
      const error = Math.abs(measured - step / 8);
      assert.ok(Math.min(error, 8 - error) < 0.01, `${step}: ${measured}`);
    }
  });

  it('hashes scaled and brightened copies alike, other images differently', () => {
    const hash = (raster: Raster) => perceptualHash(squeeze(raster).square);
    const original = scene(480, 360);
    const brighter = { ...original, data: original.data.map((value) => Math.min(255, value + 12)) };
    assert.match(hash(original), /^[0-9a-f]{16}$/);
    assert.ok(bitsApart(hash(original), hash(scene(240, 180))) <= 4);
    assert.ok(bitsApart(hash(original), hash(brighter)) <= 4);
    const rings = draw(
      480,
      360,
      (x, y) => Array(3).fill(128 + 120 * Math.sin(Math.hypot(x - 90, y - 300) / 20)) as [number, number, number],
    );
    assert.ok(bitsApart(hash(original), hash(rings)) >= 16);
  });
});
