import type { Raster } from './raster';

/** Side of the square raster that colours, hash and descriptor are taken from. */
export const SQUARE_SIDE = 128;

/**
 * Squeezes a raster into 128 × 128 pixels by averaging boxes; the aspect ratio is dropped on purpose. Sides below 128
 * repeat pixels.
 */
export function squeeze(raster: Raster): Raster {
  const { data, width, height } = raster;
  const columns = cellStarts(width);
  const rows = cellStarts(height);
  const out = new Uint8Array(SQUARE_SIDE * SQUARE_SIDE * 3);
  const sums = new Uint32Array(SQUARE_SIDE * 3);
  for (let cellY = 0; cellY < SQUARE_SIDE; cellY++) {
    const top = rows[cellY];
    const bottom = Math.max(top + 1, rows[cellY + 1]);
    sums.fill(0);
    for (let y = top; y < bottom; y++) addRow(sums, data, y * width, columns);
    for (let cellX = 0, to = cellY * SQUARE_SIDE * 3; cellX < SQUARE_SIDE; cellX++, to += 3) {
      const area = Math.max(1, columns[cellX + 1] - columns[cellX]) * (bottom - top);
      const half = area >> 1;
      out[to] = (sums[3 * cellX] + half) / area;
      out[to + 1] = (sums[3 * cellX + 1] + half) / area;
      out[to + 2] = (sums[3 * cellX + 2] + half) / area;
    }
  }
  return { data: out, width: SQUARE_SIDE, height: SQUARE_SIDE };
}

function addRow(sums: Uint32Array, data: Uint8Array, rowStart: number, columns: Int32Array): void {
  for (let cell = 0; cell < SQUARE_SIDE; cell++) {
    const left = columns[cell];
    const right = Math.max(left + 1, columns[cell + 1]);
    let r = 0;
    let g = 0;
    let b = 0;
    for (let p = 3 * (rowStart + left), end = 3 * (rowStart + right); p < end; p += 3) {
      r += data[p];
      g += data[p + 1];
      b += data[p + 2];
    }
    sums[3 * cell] += r;
    sums[3 * cell + 1] += g;
    sums[3 * cell + 2] += b;
  }
}

/** First pixel of each of the 128 cells, and the end; with fewer pixels than cells, neighbours share one. */
function cellStarts(length: number): Int32Array {
  return Int32Array.from({ length: SQUARE_SIDE + 1 }, (_, cell) => Math.floor((cell * length) / SQUARE_SIDE));
}
