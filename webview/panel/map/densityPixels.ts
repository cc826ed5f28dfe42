import type { Bounds } from './camera';

/** What a map looks like from far away: a picture of how many points lie where. */
export interface DensityPixels {
  /** Pixels across and down, the first row at the top. */
  readonly cells: number;
  /** RGBA, not premultiplied. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Map units that a pixel is wide. */
  readonly cellSize: number;
  /** Map coordinates of the top left corner. */
  readonly left: number;
  readonly top: number;
  /** Pixels with a point in them. */
  readonly occupied: number;
}

interface ColoredPoints {
  readonly xy: Float32Array;
  /** Index into the palette. */
  readonly categories: Uint8Array;
  readonly bounds: Bounds;
}

const LEAST_CELLS = 256;
const MOST_CELLS = 1024;
/** Free pixels around the points, so that the blur has room. */
const MARGIN = 2;
/** How much of a point that passes the filter one counts that does not. */
const DIMMED_WEIGHT = 0.04;
const LEAST_OPACITY = 0.12;
/** Above 1: crowds stand out more from what surrounds them. */
const STEEPNESS = 1.8;

/**
 * Counts points in the cells of a grid, exactly however many there are, and gives each the mean colour of its points and
 * an opacity that grows with the logarithm of their number.
 *
 * @param mask 1 for points that pass the filter, null when all do; the others show faintly
 * @param palette 256 RGBA colours
 */
export function densityPixels(
  { xy, categories, bounds }: ColoredPoints,
  mask: Uint8Array | null,
  palette: Uint8Array,
): DensityPixels {
  const count = xy.length >> 1;
  const across = Math.round(Math.min(MOST_CELLS, Math.max(LEAST_CELLS, Math.sqrt(count))));
  const cells = across + 2 * MARGIN;
  const cellSize = (Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) || 1) / across;
  const left = (bounds.minX + bounds.maxX - cells * cellSize) / 2;
  const top = (bounds.minY + bounds.maxY + cells * cellSize) / 2;
  // red, green, blue, weight of each cell; doubles, since floats stop counting at 16 million
  const sums = new Float64Array(4 * cells * cells);
  for (let point = 0; point < count; point++) {
    const column = Math.floor((xy[2 * point] - left) / cellSize);
    const row = Math.floor((top - xy[2 * point + 1]) / cellSize);
    if (!(column >= 0 && row >= 0 && column < cells && row < cells)) continue;
    const weight = mask && mask[point] === 0 ? DIMMED_WEIGHT : 1;
    const at = 4 * (row * cells + column);
    const color = 4 * categories[point];
    sums[at] += weight * palette[color];
    sums[at + 1] += weight * palette[color + 1];
    sums[at + 2] += weight * palette[color + 2];
    sums[at + 3] += weight;
  }
  let occupied = 0;
  for (let at = 3; at < sums.length; at += 4) if (sums[at] > 0) occupied++;
  return { cells, pixels: shade(blur(sums, cells)), cellSize, left, top, occupied };
}

/** Each cell a quarter to its neighbours on both sides, across and then down. */
function blur(sums: Float64Array, cells: number): Float64Array {
  let from = sums;
  for (const step of [4, 4 * cells]) {
    const to = new Float64Array(from.length);
    for (let i = 0; i < from.length; i++) {
      if (from[i] === 0) continue;
      to[i] += 0.5 * from[i];
      if (i >= step) to[i - step] += 0.25 * from[i];
      if (i + step < to.length) to[i + step] += 0.25 * from[i];
    }
    from = to;
  }
  return from;
}

function shade(sums: Float64Array): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(sums.length);
  let most = 0;
  for (let at = 3; at < sums.length; at += 4) most = Math.max(most, sums[at]);
  for (let at = 0; at < sums.length; at += 4) {
    const weight = sums[at + 3];
    if (weight === 0) continue;
    for (let channel = 0; channel < 3; channel++) pixels[at + channel] = sums[at + channel] / weight;
    const share = (Math.log1p(weight) / Math.log1p(most)) ** STEEPNESS;
    // the rim that the blur leaves fades out, whatever the least opacity is
    const cover = Math.min(1, weight * 2);
    pixels[at + 3] = 255 * cover * (LEAST_OPACITY + (1 - LEAST_OPACITY) * share);
  }
  return pixels;
}
