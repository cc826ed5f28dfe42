import type { Raster } from './raster';

/** One channel in eighths of an 8-bit level (0 to 2040): integers that lose nothing that matters to rounding. */
export interface Plane {
  readonly data: Int16Array;
  readonly width: number;
  readonly height: number;
}

/** Units of a plane's values in one 8-bit level. */
export const UNITS_PER_LEVEL = 8;

/** Luma of ITU-R BT.601: .299 R + .587 G + .114 B, weights rounded to 256ths. */
export function lumaPlane(raster: Raster): Plane {
  const { data: rgb, width, height } = raster;
  const data = new Int16Array(width * height);
  for (let i = 0, p = 0; i < data.length; i++, p += 3) {
    data[i] = (77 * rgb[p] + 150 * rgb[p + 1] + 29 * rgb[p + 2]) >> 5;
  }
  return { data, width, height };
}

/** Averages 2 × 2 boxes; an odd last row or column is dropped. Sides of 1 stay. */
export function halvePlane(plane: Plane): Plane {
  const { data, width } = plane;
  const w = Math.max(1, width >> 1);
  const h = Math.max(1, plane.height >> 1);
  const right = width > 1 ? 1 : 0;
  const below = plane.height > 1 ? width : 0;
  const out = new Int16Array(w * h);
  for (let y = 0, to = 0; y < h; y++) {
    for (let x = 0, i = 2 * y * width; x < w; x++, i += 2, to++) {
      out[to] = (data[i] + data[i + right] + data[i + below] + data[i + below + right] + 2) >> 2;
    }
  }
  return { data: out, width: w, height: h };
}
