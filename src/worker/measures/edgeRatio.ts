import type { Plane } from '../image/luma';
import { UNITS_PER_LEVEL } from '../image/luma';
import { latticeStart } from './lattice';
import { percentile } from './percentile';

/** Side of a tile on the full-size plane; half of it on the half-size plane. */
const TILE = 16;
/** Only the tiles with the strongest edges are asked, and they must be edges at all. */
const STRONG_SHARE = 0.2;
const MIN_CONTRAST = 20 * UNITS_PER_LEVEL;
const MIN_TILES = 6;
const MIN_DIRECTIONS = 3;
/** So many tiles are looked at, about; more hardly move the percentiles. */
const ENOUGH_TILES = 230;

export interface EdgeRatio {
  /**
   * Largest difference at full size over that at half size: 60th percentile over the strong tiles, minimum over four
   * directions. About 1.15 for sharp images, .5 at the limit of blur.
   */
  readonly ratio: number;
  /** 90th percentile in that same direction: high when a part of the image is sharp. */
  readonly best: number;
  /** The 60th percentile in the direction where it is largest: far above `ratio` under motion blur. */
  readonly steepest: number;
}

/**
 * How steep edges are, measured against the same edges at half size, so that their contrast does not count. The minimum
 * over directions is what finds motion blur.
 * @param full luma plane; @param half the same plane halved.
 * @returns null when there are too few edges to tell.
 */
export function edgeRatio(full: Plane, half: Plane): EdgeRatio | null {
  const tiles = chooseTiles(Math.floor(full.width / TILE), Math.floor(full.height / TILE));
  if (tiles.length < MIN_TILES) return null;
  const coarse = tileMaxima(half, TILE / 2, tiles);
  let lowest: { ratio: number; best: number } | null = null;
  let steepest = 0;
  let directions = 0;
  const offsets = [1, full.width, full.width + 1, full.width - 1];
  for (const [direction, offset] of offsets.entries()) {
    const maxima = coarse[direction];
    const ascending = maxima.slice().sort();
    const threshold = Math.max(MIN_CONTRAST, percentile(ascending, 1 - STRONG_SHARE)!);
    const ratios: number[] = [];
    for (let tile = 0; tile < maxima.length; tile++) {
      if (maxima[tile] >= threshold) ratios.push(tileMaximum(full, tiles[tile], offset) / maxima[tile]);
    }
    if (ratios.length < MIN_TILES) continue;
    directions++;
    ratios.sort((a, b) => a - b);
    const ratio = percentile(ratios, 0.6)!;
    steepest = Math.max(steepest, ratio);
    if (!lowest || ratio < lowest.ratio) lowest = { ratio, best: percentile(ratios, 0.9)! };
  }
  return lowest && directions >= MIN_DIRECTIONS ? { ...lowest, steepest } : null;
}

interface Tile {
  readonly column: number;
  readonly row: number;
}

function chooseTiles(columns: number, rows: number): Tile[] {
  const every = Math.max(1, Math.floor((columns * rows) / ENOUGH_TILES));
  const tiles: Tile[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = latticeStart(row, every); column < columns; column += every) tiles.push({ column, row });
  }
  return tiles;
}

/** Largest central difference of each tile, for the directions →, ↓, ↘, ↙. */
function tileMaxima({ data, width, height }: Plane, side: number, tiles: readonly Tile[]): Int16Array[] {
  const maxima = [0, 1, 2, 3].map(() => new Int16Array(tiles.length));
  const [right, down, diagonal, antidiagonal] = maxima;
  for (const [index, { column, row }] of tiles.entries()) {
    const bottom = Math.min(height - 1, (row + 1) * side);
    const left = Math.max(1, column * side);
    const end = Math.min(width - 1, (column + 1) * side);
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let y = Math.max(1, row * side); y < bottom; y++) {
      for (let i = y * width + left, stop = y * width + end; i < stop; i++) {
        let difference = Math.abs(data[i + 1] - data[i - 1]);
        if (difference > a) a = difference;
        difference = Math.abs(data[i + width] - data[i - width]);
        if (difference > b) b = difference;
        difference = Math.abs(data[i + width + 1] - data[i - width - 1]);
        if (difference > c) c = difference;
        difference = Math.abs(data[i + width - 1] - data[i - width + 1]);
        if (difference > d) d = difference;
      }
    }
    right[index] = a;
    down[index] = b;
    diagonal[index] = c;
    antidiagonal[index] = d;
  }
  return maxima;
}

function tileMaximum({ data, width, height }: Plane, { column, row }: Tile, offset: number): number {
  let largest = 0;
  const bottom = Math.min(height - 1, (row + 1) * TILE);
  const left = Math.max(1, column * TILE);
  const end = Math.min(width - 1, (column + 1) * TILE);
  for (let y = Math.max(1, row * TILE); y < bottom; y++) {
    for (let i = y * width + left, stop = y * width + end; i < stop; i++) {
      const difference = Math.abs(data[i + offset] - data[i - offset]);
      if (difference > largest) largest = difference;
    }
  }
  return largest;
}
