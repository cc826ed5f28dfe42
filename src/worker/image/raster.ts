/** An 8-bit sRGB image in memory, as displayed: 3 bytes a pixel, row by row, no alpha. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Halves both sides by averaging 2 × 2 pixels; an odd last row or column is dropped. Sides of 1 stay. */
export function halveRaster(raster: Raster): Raster {
  const { data, width } = raster;
  const w = Math.max(1, width >> 1);
  const h = Math.max(1, raster.height >> 1);
  const right = width > 1 ? 3 : 0;
  const below = raster.height > 1 ? 3 * width : 0;
  const out = new Uint8Array(w * h * 3);
  let to = 0;
  for (let y = 0; y < h; y++) {
    let p = 2 * y * 3 * width;
    for (let x = 0; x < w; x++, p += 6, to += 3) {
      const q = p + below;
      out[to] = (data[p] + data[p + right] + data[q] + data[q + right] + 2) >> 2;
      out[to + 1] = (data[p + 1] + data[p + right + 1] + data[q + 1] + data[q + right + 1] + 2) >> 2;
      out[to + 2] = (data[p + 2] + data[p + right + 2] + data[q + 2] + data[q + right + 2] + 2) >> 2;
    }
  }
  return { data: out, width: w, height: h };
}
