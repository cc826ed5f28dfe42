import * as assert from 'node:assert/strict';
import { Transform } from '../../../src/protocol/workerApi';
import { hammingDistance, codeWords } from '../../../src/worker/duplicates/hammingDistance';
import { transformedCodes } from '../../../src/worker/duplicates/transformedCodes';
import { visualLookEmbedder } from '../../../src/worker/embedders/visualLook';
import { embedDescriptors, fitBasis } from '../../../src/worker/embedding/visualLookBasis';
import type { Raster } from '../../../src/worker/image/raster';
import { renderPhoto } from '../../bench/renderPhoto';
import { analyzed } from '../image/drawing';

const { signal } = new AbortController();
const SIDES = { width: 160, height: 120 };
const PHOTOS = 30;

const describePhoto = (raster: Raster) => visualLookEmbedder.describe(analyzed(raster)) as Float32Array;

/** By the definition of each, pixel by pixel. */
function transformed({ data, width, height }: Raster, transform: Transform): Raster {
  const swaps = ['turned-90', 'turned-270', 'transposed', 'transversed'].includes(transform);
  const [newWidth, newHeight] = swaps ? [height, width] : [width, height];
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [right, below] = [width - 1 - x, height - 1 - y];
      const to: Record<Transform, readonly [number, number]> = {
        mirrored: [right, y],
        flipped: [x, below],
        'turned-90': [below, x],
        'turned-180': [right, below],
        'turned-270': [y, right],
        transposed: [y, x],
        transversed: [below, right],
      };
      const [toX, toY] = to[transform];
      out.set(data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3), 3 * (toY * newWidth + toX));
    }
  }
  return { data: out, width: newWidth, height: newHeight };
}

describe('codes of mirrored and turned images', function () {
  this.timeout(60_000);

  it('are those that the images would have', async () => {
    const photos = Array.from({ length: PHOTOS }, (_, seed) => ({
      data: renderPhoto(SIDES.width, SIDES.height, seed + 1),
      ...SIDES,
    }));
    const descriptors = photos.map(describePhoto);
    const all = Float32Array.from(descriptors.flatMap((descriptor) => [...descriptor]));
    const basis = await fitBasis(all, PHOTOS, 1, signal);
    for (const transform of Transform.options) {
      const derived = await transformedCodes(basis, all, PHOTOS, transform, signal);
      for (let i = 0; i < 6; i++) {
        const { signCodes } = embedDescriptors(basis, describePhoto(transformed(photos[i], transform)), 1);
        const codes = new Uint8Array(64);
        codes.set(derived.subarray(i * 32, (i + 1) * 32));
        codes.set(signCodes, 32);
        const distance = hammingDistance(codeWords(codes, 2), 0, 1, 256);
        assert.ok(distance <= 32, `${transform} of photo ${i}: ${distance} bits`);
      }
    }
  });
});
