import type { Raster } from '../image/raster';
import { LIGHTNESS, LIGHT_STEPS, LINEAR } from '../image/lightness';

/** How bright and how colourful an image is. Shares are 0 to 1. */
export interface Tone {
  /** L*, 0 to 100, below which 1, 5, 25, 50, 75, 95, 99 % of the pixels lie, and its mean. */
  readonly p01: number;
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  readonly p99: number;
  readonly mean: number;
  /** Pixels with all channels at 250 or above, and with all at 8 or below. */
  readonly clippedHigh: number;
  readonly clippedLow: number;
  /** Pixels along the border with all channels at 245 or above. */
  readonly borderWhite: number;
  /** Pixels whose largest and smallest channel differ by more than 14. */
  readonly colorful: number;
  /** Mean of that difference, 0 to 255. */
  readonly chroma: number;
  /** Entropy of the luma histogram, 0 to 8 bits. */
  readonly entropy: number;
}

/** So many pixels are enough: more change the shares in the third digit. */
const ENOUGH_PIXELS = 12_000;
const BORDER = 2;

/** Measures lightness and colour over a raster. */
export function measureTone(raster: Raster): Tone {
  const { data, width, height } = raster;
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / ENOUGH_PIXELS)));
  const lightness = new Uint32Array(101);
  const luma = new Uint32Array(256);
  let pixels = 0;
  let high = 0;
  let low = 0;
  let colorful = 0;
  let chroma = 0;
  for (let y = 0; y < height; y += step) {
    // rows are read at different columns in turn, so that stripes of one pixel are met
    for (let x = (y / step) % step, p = 3 * (y * width + x); x < width; x += step, p += 3 * step) {
      const r = data[p];
      const g = data[p + 1];
      const b = data[p + 2];
      const light = 0.2126 * LINEAR[r] + 0.7152 * LINEAR[g] + 0.0722 * LINEAR[b];
      lightness[LIGHTNESS[(light * LIGHT_STEPS) | 0]]++;
      luma[(77 * r + 150 * g + 29 * b) >> 8]++;
      let largest = r > g ? r : g;
      if (b > largest) largest = b;
      let smallest = r < g ? r : g;
      if (b < smallest) smallest = b;
      chroma += largest - smallest;
      if (largest - smallest > 14) colorful++;
      if (smallest >= 250) high++;
      if (largest <= 8) low++;
      pixels++;
    }
  }
  const percentile = percentilesOf(lightness, pixels);
  return {
    p01: percentile(0.01),
    p05: percentile(0.05),
    p25: percentile(0.25),
    p50: percentile(0.5),
    p75: percentile(0.75),
    p95: percentile(0.95),
    p99: percentile(0.99),
    mean: lightness.reduce((sum, count, level) => sum + count * level, 0) / pixels,
    clippedHigh: high / pixels,
    clippedLow: low / pixels,
    borderWhite: borderWhite(raster),
    colorful: colorful / pixels,
    chroma: chroma / pixels,
    entropy: entropy(luma, pixels),
  };
}

function percentilesOf(histogram: Uint32Array, total: number): (share: number) => number {
  return (share) => {
    let below = 0;
    for (let level = 0; level < histogram.length; level++) {
      below += histogram[level];
      if (below >= share * total) return level;
    }
    return histogram.length - 1;
  };
}

function entropy(histogram: Uint32Array, total: number): number {
  let bits = 0;
  for (const count of histogram) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return Math.max(0, bits);
}

function borderWhite({ data, width, height }: Raster): number {
  let pixels = 0;
  let white = 0;
  for (let y = 0; y < height; y++) {
    const inner = y >= BORDER && y < height - BORDER;
    for (let x = 0; x < width; x++) {
      if (inner && x === BORDER && width > 2 * BORDER) x = width - BORDER;
      const p = 3 * (y * width + x);
      pixels++;
      if (data[p] >= 245 && data[p + 1] >= 245 && data[p + 2] >= 245) white++;
    }
  }
  return white / pixels;
}
