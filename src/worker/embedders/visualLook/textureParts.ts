import type { Plane } from '../../image/luma';
import { UNITS_PER_LEVEL } from '../../image/luma';
import type { DescriptorWriter } from './descriptorWriter';
import { eighths } from '../../image/direction';

const GRID = 4;
const DIRECTIONS = 8;
/** Differences below two levels are noise without a direction. */
const MIN_GRADIENT = 2 * UNITS_PER_LEVEL;
/** A neighbour counts as brighter from two levels on. */
const BRIGHTER_BY = 2 * UNITS_PER_LEVEL;
const PATTERNS = 10;

/**
 * Class of each 8-neighbour pattern: number of brighter neighbours when they form one run, else 9 (Ojala, Pietikäinen,
 * Mäenpää, "Multiresolution Gray-Scale and Rotation Invariant Texture Classification", 2002).
 */
const PATTERN_CLASS = Uint8Array.from({ length: 256 }, (_, pattern) => {
  let changes = 0;
  let ones = 0;
  for (let bit = 0; bit < 8; bit++) {
    const here = (pattern >> bit) & 1;
    if (here !== ((pattern >> ((bit + 1) & 7)) & 1)) changes++;
    ones += here;
  }
  return changes <= 2 ? ones : PATTERNS - 1;
});

/** Energy of the gradients in 8 directions on 4 × 4 cells of a square plane, on a logarithmic scale. */
export function writeOrientation(out: DescriptorWriter, { data, width }: Plane): void {
  const cellShift = Math.log2(width / GRID);
  const energy = new Float64Array(GRID * GRID * DIRECTIONS);
  for (let y = 1; y < width - 1; y++) {
    const cellRow = (y >> cellShift) * GRID;
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      const dx = data[i + 1] - data[i - 1];
      const dy = data[i + width] - data[i - width];
      const squared = dx * dx + dy * dy;
      if (squared < MIN_GRADIENT * MIN_GRADIENT) continue;
      const magnitude = Math.sqrt(squared);
      const angle = orientation(dx, dy);
      const lower = angle | 0;
      const share = angle - lower;
      const cell = (cellRow + (x >> cellShift)) * DIRECTIONS;
      energy[cell + (lower & 7)] += magnitude * (1 - share);
      energy[cell + ((lower + 1) & 7)] += magnitude * share;
    }
  }
  const scale = 2 / UNITS_PER_LEVEL / ((width * width) / GRID ** 2);
  for (const value of energy) out.put(Math.log1p(value * scale) / 1.2);
}

/** Direction of a gradient without its sign: half a turn in 8 bins, 0 up to but not including 8. */
function orientation(dx: number, dy: number): number {
  const turn = eighths(dx, dy);
  return 2 * (turn >= 4 ? turn - 4 : turn);
}

/** Upper, middle and lower third of a square plane: square roots of the shares of the texture patterns. */
export function writeTexture(out: DescriptorWriter, { data, width: w }: Plane): void {
  for (let third = 0; third < 3; third++) {
    const counts = new Uint32Array(PATTERNS);
    const top = Math.max(1, Math.floor((third * w) / 3));
    const bottom = Math.min(w - 1, Math.floor(((third + 1) * w) / 3));
    for (let y = top; y < bottom; y++) {
      for (let i = y * w + 1, end = y * w + w - 1; i < end; i++) {
        // the sign bit of (limit − neighbour) is set when the neighbour is brighter
        const limit = data[i] + BRIGHTER_BY;
        const pattern =
          ((limit - data[i - w - 1]) >>> 31) |
          (((limit - data[i - w]) >>> 31) << 1) |
          (((limit - data[i - w + 1]) >>> 31) << 2) |
          (((limit - data[i + 1]) >>> 31) << 3) |
          (((limit - data[i + w + 1]) >>> 31) << 4) |
          (((limit - data[i + w]) >>> 31) << 5) |
          (((limit - data[i + w - 1]) >>> 31) << 6) |
          (((limit - data[i - 1]) >>> 31) << 7);
        counts[PATTERN_CLASS[pattern]]++;
      }
    }
    const pixels = (bottom - top) * (w - 2);
    for (const count of counts) out.put(2 * Math.sqrt(count / pixels));
  }
}
