import { SeededRandom } from '../../src/worker/numeric/seededRandom';

/** Cells across the image of the coarsest layer; each layer after it has twice as many and less contrast. */
const COARSEST = 4;
/** Contrast of the coarsest and of the finest layer, in levels: a photo of any size has detail down to its pixels. */
const COARSE_CONTRAST = 70;
const FINE_CONTRAST = 8;
const SENSOR_NOISE = 3;

/**
 * Draws something that a JPEG decoder cannot tell from a photo: detail at all scales with contrast falling towards the
 * fine ones, colours that vary slowly, hard edges, a little sensor noise.
 * @returns 3 bytes a pixel.
 */
export function renderPhoto(width: number, height: number, seed: number): Uint8Array {
  const random = new SeededRandom(seed);
  const light = new Float32Array(width * height);
  const warm = new Float32Array(width * height);
  const layers = Math.floor(Math.log2(Math.max(width, height) / 2 / COARSEST)) + 1;
  for (let layer = 0; layer < layers; layer++) {
    const cells = COARSEST * 2 ** layer;
    const contrast = COARSE_CONTRAST * (FINE_CONTRAST / COARSE_CONTRAST) ** (layer / Math.max(1, layers - 1));
    addLayer(light, width, height, cells, contrast, layer % 2 === 1, random);
    if (cells <= 32) addLayer(warm, width, height, cells, contrast * 0.6, false, random);
  }
  const out = new Uint8ClampedArray(width * height * 3);
  const split = 0.3 + 0.4 * random.uniform();
  const slope = random.uniform() - 0.5;
  for (let i = 0, p = 0; i < light.length; i++, p += 3) {
    const x = (i % width) / width;
    const y = Math.floor(i / width) / height;
    const step = y > split + slope * x + light[i] / 2000 ? -25 : 35; // a horizon
    const value = 120 + step + light[i];
    const noise = SENSOR_NOISE * (random.uniform() + random.uniform() - 1);
    out[p] = value + warm[i] + noise;
    out[p + 1] = value + noise;
    out[p + 2] = value - warm[i] + noise;
  }
  return new Uint8Array(out.buffer);
}

/** Adds random values on a grid: interpolated between its points, or in squares with hard edges. */
function addLayer(
  plane: Float32Array,
  width: number,
  height: number,
  cells: number,
  contrast: number,
  hard: boolean,
  random: SeededRandom,
): void {
  const scale = cells / Math.max(width, height);
  const columns = Math.ceil(width * scale) + 2;
  const rows = Math.ceil(height * scale) + 2;
  const grid = Float32Array.from({ length: columns * rows }, () => contrast * (2 * random.uniform() - 1));
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y * scale);
    const down = hard ? 0 : y * scale - row;
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x * scale);
      const right = hard ? 0 : x * scale - column;
      const at = row * columns + column;
      const above = grid[at] + (grid[at + 1] - grid[at]) * right;
      const below = grid[at + columns] + (grid[at + columns + 1] - grid[at + columns]) * right;
      plane[y * width + x] += above + (below - above) * down;
    }
  }
}
