import type { Lab } from '../../image/lab';
import type { Raster } from '../../image/raster';
import { SQUARE_SIDE } from '../../image/squeeze';
import type { DescriptorWriter } from './descriptorWriter';
import { eighths } from '../../image/direction';

const GRID = 4;
const CELL = SQUARE_SIDE / GRID;
const DARK_BLOCK = 8;
const THUMBNAIL = 8;
const LIGHTNESS_BINS = 8;
const NEUTRAL_BINS = 3;
const HUES = 10;
/** Below this chroma a pixel has no hue; above the second it is vivid. */
const NEUTRAL_CHROMA = 8;
const VIVID_CHROMA = 28;

/** Largest and smallest channel of each pixel. */
interface Extremes {
  readonly largest: Uint8Array;
  readonly smallest: Uint8Array;
}

/** 4 × 4 cells: mean L*, a*, b*, deviation of L*, mean saturation, deviation of chroma, dark channel. */
export function writeGrid(out: DescriptorWriter, square: Raster, lab: Lab): void {
  const extremes = channelExtremes(square);
  const dark = darkChannel(extremes.smallest);
  for (let cell = 0; cell < GRID * GRID; cell++) {
    const top = Math.floor(cell / GRID) * CELL;
    const left = (cell % GRID) * CELL;
    let l = 0;
    let a = 0;
    let b = 0;
    let ll = 0;
    let ab = 0;
    let saturation = 0;
    for (let y = top; y < top + CELL; y++) {
      for (let i = y * SQUARE_SIDE + left, end = i + CELL; i < end; i++) {
        const lightness = lab.lightness[i];
        const planeA = lab.a[i];
        const planeB = lab.b[i];
        l += lightness;
        a += planeA;
        b += planeB;
        ll += lightness * lightness;
        ab += planeA * planeA + planeB * planeB;
        const largest = extremes.largest[i];
        if (largest > 4) saturation += (largest - extremes.smallest[i]) / largest;
      }
    }
    const n = CELL * CELL;
    out.put(l / n / 50);
    out.put(a / n / 20);
    out.put(b / n / 20);
    out.put(Math.sqrt(Math.max(0, ll / n - (l / n) ** 2)) / 20);
    out.put((saturation / n) * 2);
    out.put(Math.sqrt(Math.max(0, ab / n - (a / n) ** 2 - (b / n) ** 2)) / 12);
    out.put(dark[cell] / 80);
  }
}

function channelExtremes({ data }: Raster): Extremes {
  const pixels = data.length / 3;
  const largest = new Uint8Array(pixels);
  const smallest = new Uint8Array(pixels);
  for (let i = 0, p = 0; i < pixels; i++, p += 3) {
    const r = data[p];
    const g = data[p + 1];
    const b = data[p + 2];
    largest[i] = r > g ? (r > b ? r : b) : g > b ? g : b;
    smallest[i] = r < g ? (r < b ? r : b) : g < b ? g : b;
  }
  return { largest, smallest };
}

/** He, Sun, Tang, "Single Image Haze Removal Using Dark Channel Prior" (2009): high in haze. Mean over each cell. */
function darkChannel(smallest: Uint8Array): Float64Array {
  const blocks = SQUARE_SIDE / DARK_BLOCK;
  const perCell = blocks / GRID;
  const cells = new Float64Array(GRID * GRID);
  for (let blockY = 0; blockY < blocks; blockY++) {
    for (let blockX = 0; blockX < blocks; blockX++) {
      let lowest = 255;
      for (let y = blockY * DARK_BLOCK; y < (blockY + 1) * DARK_BLOCK; y++) {
        for (let i = y * SQUARE_SIDE + blockX * DARK_BLOCK, end = i + DARK_BLOCK; i < end; i++) {
          if (smallest[i] < lowest) lowest = smallest[i]!;
        }
      }
      cells[Math.floor(blockY / perCell) * GRID + Math.floor(blockX / perCell)] += lowest / perCell ** 2;
    }
  }
  return cells;
}

/** Upper, middle and lower third: square roots of the shares of lightness, of neutral pixels, and of hues. */
export function writeHistograms(out: DescriptorWriter, lab: Lab): void {
  for (let third = 0; third < 3; third++) {
    const bins = new Uint32Array(LIGHTNESS_BINS + NEUTRAL_BINS + 2 * HUES);
    const start = Math.floor((third * SQUARE_SIDE) / 3) * SQUARE_SIDE;
    const end = Math.floor(((third + 1) * SQUARE_SIDE) / 3) * SQUARE_SIDE;
    for (let i = start; i < end; i++) {
      const lightness = lab.lightness[i];
      const bin = (lightness * (LIGHTNESS_BINS / 100)) | 0;
      bins[bin < LIGHTNESS_BINS ? bin : LIGHTNESS_BINS - 1]++;
      bins[LIGHTNESS_BINS + colorBin(lightness, lab.a[i], lab.b[i])]++;
    }
    for (const count of bins) out.put(2 * Math.sqrt(count / (end - start)));
  }
}

function colorBin(lightness: number, a: number, b: number): number {
  const squared = a * a + b * b;
  if (squared < NEUTRAL_CHROMA ** 2) return lightness < 33 ? 0 : lightness < 67 ? 1 : 2;
  const hue = (eighths(a, b) * (HUES / 8)) | 0;
  return NEUTRAL_BINS + 2 * hue + (squared > VIVID_CHROMA ** 2 ? 1 : 0);
}

/** Mean L*, a*, b* of 8 × 8 cells: where things are. */
export function writeThumbnail(out: DescriptorWriter, lab: Lab): void {
  const side = SQUARE_SIDE / THUMBNAIL;
  for (let cell = 0; cell < THUMBNAIL * THUMBNAIL; cell++) {
    const first = Math.floor(cell / THUMBNAIL) * side * SQUARE_SIDE + (cell % THUMBNAIL) * side;
    let l = 0;
    let a = 0;
    let b = 0;
    for (let row = 0; row < side; row++) {
      for (let i = first + row * SQUARE_SIDE, end = i + side; i < end; i++) {
        l += lab.lightness[i];
        a += lab.a[i];
        b += lab.b[i];
      }
    }
    const n = side * side;
    out.put(l / n / 50);
    out.put(a / n / 20);
    out.put(b / n / 20);
  }
}
