import type { Raster } from '../image/raster';
import { IMMERKAER } from './immerkaer';

const SIDE = 4;
const STRIDE = SIDE + 2;
const blue = new Float64Array(STRIDE * STRIDE);
const red = new Float64Array(STRIDE * STRIDE);

/**
 * Immerkær sigma, in levels, of Cb and Cr (ITU-R BT.601) within one block of 8 × 8 pixels, at half size.
 * @param left, @param top first pixel of the block; a ring of two pixels around it is read, repeated at the border.
 */
export function chromaSigma({ data, width, height }: Raster, left: number, top: number): number {
  for (let row = 0; row < STRIDE; row++) {
    const y = Math.min(height - 2, Math.max(0, top + 2 * row - 2));
    for (let column = 0; column < STRIDE; column++) {
      const x = Math.min(width - 2, Math.max(0, left + 2 * column - 2));
      const p = 3 * (y * width + x);
      const q = p + 3 * width;
      const r = data[p] + data[p + 3] + data[q] + data[q + 3];
      const g = data[p + 1] + data[p + 4] + data[q + 1] + data[q + 4];
      const b = data[p + 2] + data[p + 5] + data[q + 2] + data[q + 5];
      blue[row * STRIDE + column] = (-0.1687 * r - 0.3313 * g + 0.5 * b) / 4;
      red[row * STRIDE + column] = (0.5 * r - 0.4187 * g - 0.0813 * b) / 4;
    }
  }
  return (IMMERKAER * (response(blue) + response(red))) / (2 * SIDE * SIDE);
}

function response(plane: Float64Array): number {
  let sum = 0;
  for (let y = 1; y <= SIDE; y++) {
    for (let x = 1; x <= SIDE; x++) {
      const i = y * STRIDE + x;
      const corners = plane[i - STRIDE - 1] + plane[i - STRIDE + 1] + plane[i + STRIDE - 1] + plane[i + STRIDE + 1];
      const sides = plane[i - 1] + plane[i + 1] + plane[i - STRIDE] + plane[i + STRIDE];
      sum += Math.abs(corners - 2 * sides + 4 * plane[i]);
    }
  }
  return sum;
}
