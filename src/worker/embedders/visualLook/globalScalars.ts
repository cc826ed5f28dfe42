import type { AnalyzedImage } from '../../analyzedImage';
import type { Lab } from '../../image/lab';
import type { Plane } from '../../image/luma';
import { UNITS_PER_LEVEL, halvePlane } from '../../image/luma';
import type { Raster } from '../../image/raster';
import { SQUARE_SIDE } from '../../image/squeeze';
import type { DescriptorWriter } from './descriptorWriter';

/** Stands for the edge ratio of an image without edges: between sharp and blurred. */
const NO_EDGES = 0.9;
/** Rows of the square in which a sky is looked for. */
const TOP_ROWS = 42;

/** 33 numbers about the whole picture, each scaled to be of the order of 1. */
export function writeGlobalScalars(out: DescriptorWriter, image: AnalyzedImage): void {
  const { tone, edges, coarseEdges, noise, luma } = image.measures;
  for (const lightness of [tone.p01, tone.p05, tone.p25, tone.p50, tone.p75, tone.p95, tone.p99, tone.mean]) {
    out.put(lightness / 50);
  }
  for (const share of [tone.clippedHigh, tone.clippedLow, tone.colorful]) out.put(2 * Math.sqrt(share));
  out.put(tone.chroma / 40);
  out.put(tone.entropy / 4);
  for (const plane of [...luma, halvePlane(luma[2])]) writeDetail(out, plane);
  for (const sigma of [noise?.floor, noise?.flat, noise?.median, noise?.high, noise?.chroma])
    out.put(Math.log1p(sigma ?? 0));
  out.put(edges?.ratio ?? NO_EDGES);
  out.put(edges?.best ?? NO_EDGES);
  out.put(coarseEdges?.ratio ?? NO_EDGES);
  out.put(Math.log1p(topFlatness(image.squareLab)));
  out.put(2 * skyShare(image.squareLab));
  out.put(2 * Math.sqrt(brightShare(image.square, image.squareLab)));
  out.put(Math.log(image.header.width / image.header.height));
}

/** Deviation of the Laplacian and root mean square of the central differences, in levels, as log(1 + x). */
function writeDetail(out: DescriptorWriter, { data, width: w, height }: Plane): void {
  const rowStep = height > 128 ? 2 : 1;
  let sum = 0;
  let squares = 0;
  let gradients = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y += rowStep) {
    for (let i = y * w + 1, end = y * w + w - 1; i < end; i++) {
      const left = data[i - 1];
      const right = data[i + 1];
      const above = data[i - w];
      const below = data[i + w];
      const laplacian = 4 * data[i] - left - right - above - below;
      sum += laplacian;
      squares += laplacian * laplacian;
      gradients += (right - left) ** 2 + (below - above) ** 2;
    }
    count += Math.max(0, w - 2);
  }
  const n = Math.max(1, count);
  out.put(Math.log1p(Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2)) / UNITS_PER_LEVEL));
  out.put(Math.log1p(Math.sqrt(gradients / n) / UNITS_PER_LEVEL));
}

/** Mean distance of L* from the mean of its row in the upper third: small under a clear sky. */
function topFlatness({ lightness }: Lab): number {
  let distance = 0;
  for (let y = 0; y < TOP_ROWS; y++) {
    const row = lightness.subarray(y * SQUARE_SIDE, (y + 1) * SQUARE_SIDE);
    let sum = 0;
    for (const value of row) sum += value;
    for (const value of row) distance += Math.abs(value - sum / SQUARE_SIDE);
  }
  return distance / (TOP_ROWS * SQUARE_SIDE);
}

/** Share of the upper third that is bluish or nearly white. */
function skyShare({ lightness, a, b }: Lab): number {
  let sky = 0;
  const pixels = TOP_ROWS * SQUARE_SIDE;
  for (let i = 0; i < pixels; i++) {
    const bluish = b[i] < -4 && lightness[i] > 35 && Math.abs(a[i]) < 14;
    const whitish = lightness[i] > 82 && a[i] ** 2 + b[i] ** 2 < 81;
    if (bluish || whitish) sky++;
  }
  return sky / pixels;
}

/** Share of light pixels with a strong channel: lamps at night, snow, sky. */
function brightShare({ data }: Raster, { lightness }: Lab): number {
  let bright = 0;
  for (let i = 0, p = 0; i < lightness.length; i++, p += 3) {
    if (lightness[i] > 75 && (data[p] > 200 || data[p + 1] > 200 || data[p + 2] > 200)) bright++;
  }
  return bright / lightness.length;
}
