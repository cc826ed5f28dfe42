import type { Raster } from './raster';
import { WEIGHT_BITS, resampleTaps, type Kernel, type ResampleTaps } from './resampleTaps';

/** A part of an image, in pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Sums start with a half, so that cutting off their bits behind the point rounds. */
const HALF = 1 << (WEIGHT_BITS - 1);

/**
 * The part `region` of what Pillow's `resize` makes of an image, to the last bit: columns first, rounded to 8 bits, then
 * rows. Only the part is computed.
 * @param width of the whole resized image
 * @param height of the whole resized image
 */
export function resizeRegion(image: Raster, width: number, height: number, kernel: Kernel, region: Region): Raster {
  // kernels with negative lobes overshoot at edges: clamped arrays cut that off
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
): Uint8ClampedArray {
  const output = new Uint8ClampedArray((bottom - top) * width * 3);
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
        red = (red + Math.imul(weight, data[at])) | 0;
        green = (green + Math.imul(weight, data[at + 1])) | 0;
        blue = (blue + Math.imul(weight, data[at + 2])) | 0;
      }
      output[to] = red >> WEIGHT_BITS;
      output[to + 1] = green >> WEIGHT_BITS;
      output[to + 2] = blue >> WEIGHT_BITS;
    }
  }
  return output;
}

/** @param top the image row that `narrow` starts with */
function squeezeRows(
  narrow: Uint8ClampedArray,
  { first, count, weights, stride }: ResampleTaps,
  { width, height }: Region,
  top: number,
): Uint8Array {
  const length = width * 3;
  const output = new Uint8ClampedArray(height * length);
  const sums = new Int32Array(length);
  for (let y = 0; y < height; y++) {
    sums.fill(HALF);
    for (let tap = 0; tap < count[y]; tap += 4) {
      addRows(sums, narrow, (first[y] - top + tap) * length, weights, y * stride + tap, count[y] - tap);
    }
    for (let i = 0, to = y * length; i < length; i++, to++) output[to] = sums[i] >> WEIGHT_BITS;
  }
  return new Uint8Array(output.buffer);
}

/** Adds up to four rows at once, weighed: reading and writing the sums costs more than the multiplications. */
function addRows(
  sums: Int32Array,
  rows: Uint8ClampedArray,
  from: number,
  weights: Int32Array,
  tap: number,
  count: number,
): void {
  const { length } = sums;
  const weight = weights[tap];
  if (count < 4) {
    for (let i = 0, at = from; i < length; i++, at++) sums[i] += Math.imul(weight, rows[at]);
    if (count > 1) addRows(sums, rows, from + length, weights, tap + 1, count - 1);
    return;
  }
  const [second, third, fourth] = [weights[tap + 1], weights[tap + 2], weights[tap + 3]];
  for (let i = 0, at = from; i < length; i++, at++) {
    const pair = Math.imul(weight, rows[at]) + Math.imul(second, rows[at + length]);
    const other = Math.imul(third, rows[at + 2 * length]) + Math.imul(fourth, rows[at + 3 * length]);
    sums[i] = (sums[i] + pair + other) | 0;
  }
}
