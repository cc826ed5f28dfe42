import type { Raster } from './raster';
import { WEIGHT_BITS, resampleTaps, type Kernel, type ResampleTaps } from './resampleTaps';

/** A part of an image, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const HALF = 1 << (WEIGHT_BITS - 1);

/**
 * The part `region` of what Pillow's `resize` makes of an image, to the last bit: columns first, rounded to 8 bits, then
 * rows. Only the part is computed.
 * @param width of the whole resized image
 * @param height of the whole resized image
 */
export function resizeRegion(image: Raster, width: number, height: number, kernel: Kernel, region: Region): Raster {
  const columns = resampleTaps(image.width, width, kernel, region.left, region.left + region.width);
  const rows = resampleTaps(image.height, height, kernel, region.top, region.top + region.height);
  const last = region.height - 1;
  const top = rows.first[0];
  const bottom = rows.first[last] + rows.count[last];
  const narrow = squeezeColumns(image, columns, region.width, top, bottom);
  return { data: squeezeRows(narrow, rows, region, top), width: region.width, height: region.height };
}

/** Resizes the rows from `top` to before `bottom` to the columns wanted. */
function squeezeColumns(
  { data, width: inputWidth }: Raster,
  { first, count, weights, stride }: ResampleTaps,
  width: number,
  top: number,
  bottom: number,
): Uint8Array {
  const output = new Uint8Array((bottom - top) * width * 3);
  let to = 0;
  for (let y = top; y < bottom; y++) {
    const row = y * inputWidth;
    for (let x = 0; x < width; x++, to += 3) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let at = (row + first[x]) * 3;
      for (let tap = x * stride, end = tap + count[x]; tap < end; tap++, at += 3) {
        const weight = weights[tap];
        red = (red + weight * data[at]) | 0;
        green = (green + weight * data[at + 1]) | 0;
        blue = (blue + weight * data[at + 2]) | 0;
      }
      output[to] = toByte(red);
      output[to + 1] = toByte(green);
      output[to + 2] = toByte(blue);
    }
  }
  return output;
}

/** @param top the image row that `narrow` starts with */
function squeezeRows(
  narrow: Uint8Array,
  { first, count, weights, stride }: ResampleTaps,
  { width, height }: Region,
  top: number,
): Uint8Array {
  const length = width * 3;
  const output = new Uint8Array(height * length);
  const sums = new Int32Array(length);
  for (let y = 0; y < height; y++) {
    sums.fill(HALF);
    for (let tap = 0; tap < count[y]; tap++) {
      const weight = weights[y * stride + tap];
      const from = (first[y] - top + tap) * length;
      for (let i = 0; i < length; i++) sums[i] += weight * narrow[from + i];
    }
    for (let i = 0, to = y * length; i < length; i++, to++) output[to] = toByte(sums[i]);
  }
  return output;
}

/** Kernels with negative lobes overshoot at edges. */
function toByte(sum: number): number {
  const value = sum >> WEIGHT_BITS;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
