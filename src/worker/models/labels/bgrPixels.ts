import type { Raster } from '../../image/raster';
import { resizeRegion } from '../../image/resizeRegion';

/** White, as what lies under transparent parts. */
const PADDING = 255;

/**
 * What WD taggers see of an image: in the middle of a white square, resized to `side` (bicubic), blue, green and red of
 * each pixel one after the other (NHWC), as they are, 0 to 255. So SmilingWolf's own code prepares them.
 * @returns `3 · side²` values
 */
export function bgrPixels(image: Raster, side: number): Float32Array {
  const square = inWhiteSquare(image);
  const whole = { left: 0, top: 0, width: side, height: side };
  const { data } = square.width === side ? square : resizeRegion(square, side, side, 'bicubic', whole);
  const values = new Float32Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    values[i] = data[i + 2];
    values[i + 1] = data[i + 1];
    values[i + 2] = data[i];
  }
  return values;
}

function inWhiteSquare(image: Raster): Raster {
  const { width, height } = image;
  if (width === height) return image;
  const side = Math.max(width, height);
  const data = new Uint8Array(3 * side * side).fill(PADDING);
  const left = Math.floor((side - width) / 2);
  const top = Math.floor((side - height) / 2);
  for (let y = 0; y < height; y++) {
    data.set(image.data.subarray(3 * y * width, 3 * (y + 1) * width), 3 * ((top + y) * side + left));
  }
  return { data, width: side, height: side };
}
