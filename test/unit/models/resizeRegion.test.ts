import * as assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { assembleWasm } from '../../../src/worker/image/assembleWasm';
import type { Raster } from '../../../src/worker/image/raster';
import { WEIGHT_BITS, resampleTaps, type Kernel } from '../../../src/worker/image/resampleTaps';
import { resizeRegion } from '../../../src/worker/image/resizeRegion';
import { Random } from '../../fixtures/drawing/random';

/** The same in the plainest way, with numbers that cannot overflow. */
function plainResize(image: Raster, width: number, height: number, kernel: Kernel): Raster {
  const turned = (raster: Raster): Raster => {
    const data = new Uint8Array(raster.data.length);
    for (let y = 0; y < raster.height; y++) {
      for (let x = 0; x < raster.width; x++) {
        const pixel = raster.data.subarray(3 * (y * raster.width + x), 3 * (y * raster.width + x) + 3);
        data.set(pixel, 3 * (x * raster.height + y));
      }
    }
    return { data, width: raster.height, height: raster.width };
  };
  const rows = (raster: Raster, to: number): Raster => {
    const { first, count, weights, stride } = resampleTaps(raster.height, to, kernel, 0, to);
    const data = new Uint8ClampedArray(3 * raster.width * to);
    for (let i = 0; i < data.length; i++) {
      const y = Math.floor(i / (3 * raster.width));
      let sum = 2 ** (WEIGHT_BITS - 1);
      for (let tap = 0; tap < count[y]; tap++) {
        sum += weights[y * stride + tap] * raster.data[(first[y] + tap) * 3 * raster.width + (i % (3 * raster.width))];
      }
      data[i] = Math.floor(sum / 2 ** WEIGHT_BITS);
    }
    return { data: new Uint8Array(data.buffer), width: raster.width, height: to };
  };
  return rows(turned(rows(turned(image), width)), height);
}

function noise(width: number, height: number, seed: number): Raster {
  const random = new Random(seed);
  // black and white only: what overshoots most
  return { data: Uint8Array.from({ length: 3 * width * height }, () => (random.chance(0.5) ? 255 : 0)), width, height };
}

describe('resizing a part of an image', () => {
  const sizes: [number, number, number, number][] = [
    [1, 1, 5, 5],
    [2, 3, 7, 1],
    [37, 53, 16, 11],
    [53, 37, 64, 90],
    [500, 375, 341, 256],
    [1200, 20, 30, 40],
  ];
  for (const [width, height, toWidth, toHeight] of sizes) {
    for (const kernel of ['bilinear', 'bicubic', 'lanczos'] as const) {
      it(`is the same as all of it, ${kernel}, ${width} × ${height} to ${toWidth} × ${toHeight}`, () => {
        const image = noise(width, height, width + toHeight);
        const plain = plainResize(image, toWidth, toHeight, kernel);
        const whole = resizeRegion(image, toWidth, toHeight, kernel, {
          left: 0,
          top: 0,
          width: toWidth,
          height: toHeight,
        });
        assert.ok(Buffer.from(plain.data).equals(whole.data));
        const region = {
          left: toWidth >> 2,
          top: toHeight >> 2,
          width: (toWidth >> 1) + 1,
          height: (toHeight >> 1) + 1,
        };
        const part = resizeRegion(image, toWidth, toHeight, kernel, region);
        for (let y = 0; y < region.height; y++) {
          const from = 3 * ((region.top + y) * toWidth + region.left);
          const row = part.data.subarray(3 * y * region.width, 3 * (y + 1) * region.width);
          assert.ok(Buffer.from(plain.data.subarray(from, from + row.length)).equals(row), `row ${y}`);
        }
      });
    }
  }

  it('refuses instructions and locals that are none', () => {
    const body = (text: string) => [{ name: 'f', parameters: ['a'], integers: [], vectors: [], body: text }];
    assert.throws(() => assembleWasm(body('i32.nothing')), /no instruction "i32.nothing"/);
    assert.throws(() => assembleWasm(body('local.get b')), /no local "b"/);
  });
});
