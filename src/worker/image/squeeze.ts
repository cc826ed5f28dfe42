import type { Plane } from './luma';
import type { Raster } from './raster';

/** Side of the square raster that colours, hash and descriptor are taken from. */
export const SQUARE_SIDE = 128;

/** What one pass over all pixels of a raster gives. */
export interface Squeezed {
  /** 128 × 128 pixels, each the average of a box; the aspect ratio is dropped on purpose. */
  readonly square: Raster;
  /** Luma of the raster at its own size, as `lumaPlane` makes it. */
  readonly luma: Plane;
}

/** Squeezes a raster into a square and takes its luma on the way. Sides below 128 repeat pixels. */
export function squeeze({ data, width, height }: Raster): Squeezed {
  const columns = cellStarts(width);
  const rows = cellStarts(height);
  const square = new Uint8Array(SQUARE_SIDE * SQUARE_SIDE * 3);
  const luma = new Int16Array(width * height);
  const sums = new Uint32Array(SQUARE_SIDE * 3);
  for (let cellY = 0; cellY < SQUARE_SIDE; cellY++) {
    const top = rows[cellY];
    const bottom = Math.max(top + 1, rows[cellY + 1]);
    sums.fill(0);
    for (let y = top; y < bottom; y++) addRow(sums, luma, data, y * width, columns);
    for (let cellX = 0, to = cellY * SQUARE_SIDE * 3; cellX < SQUARE_SIDE; cellX++, to += 3) {
      const area = Math.max(1, columns[cellX + 1] - columns[cellX]) * (bottom - top);
      const half = area >> 1;
      square[to] = (sums[3 * cellX] + half) / area;
      square[to + 1] = (sums[3 * cellX + 1] + half) / area;
      square[to + 2] = (sums[3 * cellX + 2] + half) / area;
    }
  }
  return {
    square: { data: square, width: SQUARE_SIDE, height: SQUARE_SIDE },
    luma: { data: luma, width, height },
  };
}

function addRow(sums: Uint32Array, luma: Int16Array, data: Uint8Array, rowStart: number, columns: Int32Array): void {
  for (let cell = 0; cell < SQUARE_SIDE; cell++) {
    const left = columns[cell];
    const right = columns[cell + 1];
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let i = rowStart + left, end = rowStart + (right > left ? right : left + 1), p = 3 * i; i < end; i++, p += 3) {
      const r = data[p];
      const g = data[p + 1];
      const b = data[p + 2];
      luma[i] = (77 * r + 150 * g + 29 * b) >> 5;
      red += r;
      green += g;
      blue += b;
    }
    sums[3 * cell] += red;
    sums[3 * cell + 1] += green;
    sums[3 * cell + 2] += blue;
  }
}

/** First pixel of each of the 128 cells, and the end; with fewer pixels than cells, neighbours share one. */
function cellStarts(length: number): Int32Array {
  return Int32Array.from({ length: SQUARE_SIDE + 1 }, (_, cell) => Math.floor((cell * length) / SQUARE_SIDE));
}
