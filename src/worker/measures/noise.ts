import type { Plane } from '../image/luma';
import { UNITS_PER_LEVEL } from '../image/luma';
import type { Raster } from '../image/raster';
import { chromaSigma } from './chromaNoise';
import { IMMERKAER } from './immerkaer';
import { latticeStart } from './lattice';
import { percentile } from './percentile';

const BLOCK = 8;
/** Blocks this dark or bright are clipped: their noise is cut off. */
const DARKEST = 14 * UNITS_PER_LEVEL;
const BRIGHTEST = 241 * UNITS_PER_LEVEL;
const FLAT_SHARE = 0.15;
const MIN_BLOCKS = 40;
/** So many blocks are looked at, about; more change nothing. */
const ENOUGH_BLOCKS = 480;
export interface Noise {
  /** 5th percentile of the local sigma over all blocks, in 8-bit levels. */
  readonly floor: number;
  /** Median and 95th percentile over all blocks. */
  readonly median: number;
  readonly high: number;
  /** Median sigma of the flattest blocks. */
  readonly flat: number;
  /** The same of their blue and red difference channels (Cb, Cr), at half size, where JPEG keeps them. */
  readonly chroma: number;
  /**
   * Their median deviation after a 4 × reduction, over `flat`: about .25 for white noise, which averages out, above .7
   * for texture, which does not.
   */
  readonly coarseness: number;
}

/**
 * Noise of an image, from blocks of 8 × 8 pixels spread evenly over it.
 * @param full luma plane of the raster; @param quarter the same plane halved twice.
 * @returns null when too few blocks are neither black nor white.
 */
export function measureNoise(raster: Raster, full: Plane, quarter: Plane): Noise | null {
  const columns = full.width >> 3;
  const rows = full.height >> 3;
  const blocks: Block[] = [];
  const every = Math.max(1, Math.floor((columns * rows) / ENOUGH_BLOCKS));
  for (let row = 0; row < rows; row++) {
    for (let column = latticeStart(row, every); column < columns; column += every) {
      const sigma = blockSigma(full, column, row);
      if (sigma !== null) blocks.push({ column, row, sigma, structure: blockStructure(quarter, column, row) });
    }
  }
  if (blocks.length < MIN_BLOCKS) return null;
  const structures = ascending(blocks, ({ structure }) => structure);
  const sigmas = ascending(blocks, ({ sigma }) => sigma);
  const limit = at(structures, FLAT_SHARE);
  const flat = blocks.filter(({ structure }) => structure <= limit);
  const flatSigma = at(
    ascending(flat, ({ sigma }) => sigma),
    0.5,
  );
  const chroma = ascending(flat, ({ column, row }) => chromaSigma(raster, column * BLOCK, row * BLOCK));
  return {
    floor: at(sigmas, 0.05),
    median: at(sigmas, 0.5),
    high: at(sigmas, 0.95),
    flat: flatSigma,
    chroma: at(chroma, 0.5),
    coarseness: at(structures, FLAT_SHARE / 2) / (flatSigma + 0.01),
  };
}

function ascending(blocks: readonly Block[], measure: (block: Block) => number): Float64Array {
  const values = new Float64Array(blocks.length);
  for (let i = 0; i < blocks.length; i++) values[i] = measure(blocks[i]);
  return values.sort();
}

function at(values: Float64Array, share: number): number {
  return percentile(values, share) ?? 0;
}

interface Block {
  readonly column: number;
  readonly row: number;
  readonly sigma: number;
  readonly structure: number;
}

/**
 * Immerkær sigma of one block in levels, or null when the block is clipped. The filter is a second difference along the
 * column of second differences along the row, so that each pixel is read three times instead of nine.
 */
function blockSigma({ data, width: w, height }: Plane, column: number, row: number): number | null {
  const left = Math.max(1, column * BLOCK);
  const right = Math.min(w - 1, column * BLOCK + BLOCK);
  const top = Math.max(1, row * BLOCK);
  const bottom = Math.min(height - 1, row * BLOCK + BLOCK);
  let response = 0;
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    const start = y * w + left;
    let before = data[start - w - 1] - 2 * data[start - 1] + data[start + w - 1];
    let here = data[start - w] - 2 * data[start] + data[start + w];
    for (let i = start + 1, end = y * w + right; i <= end; i++) {
      const after = data[i - w] - 2 * data[i] + data[i + w];
      const value = before - 2 * here + after;
      response += value < 0 ? -value : value;
      sum += data[i - 1];
      before = here;
      here = after;
    }
  }
  const count = (right - left) * (bottom - top);
  if (count <= 0) return null;
  const mean = sum / count;
  return mean <= DARKEST || mean >= BRIGHTEST ? null : (IMMERKAER * response) / count / UNITS_PER_LEVEL;
}

/** Deviation, in levels, of the quarter-size pixels of a block and of a ring of one pixel around it. */
function blockStructure({ data, width, height }: Plane, column: number, row: number): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = Math.max(0, row * 2 - 1); y < Math.min(height, row * 2 + 3); y++) {
    for (let x = Math.max(0, column * 2 - 1); x < Math.min(width, column * 2 + 3); x++) {
      const value = data[y * width + x];
      sum += value;
      squares += value * value;
      count++;
    }
  }
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean)) / UNITS_PER_LEVEL;
}
