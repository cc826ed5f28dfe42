import { VISUAL_LOOK_LAYOUT, VISUAL_LOOK_OFFSETS } from './visualLookLayout';

/** A unit direction in descriptor space that few numbers take part in: Σ weights[k] · descriptor[indices[k]]. */
export interface SignDirection {
  block: 'thumbnail' | 'grid' | 'orientation';
  indices: Int32Array;
  weights: Float64Array;
  /** Modelled variance of photos along it, on a scale of its own for each block. */
  spread: number;
}

export const SIGN_BITS = 256;

const THUMBNAIL_SIDE = 8;
const GRID_SIDE = 4;
const GRID_VALUES = 7;
const ANGLES = 8;
/** Grid values 0 to 2 are the Lab means, which the thumbnail holds in finer steps. */
const FIRST_GRID_VALUE = 3;
/** How much less the color axes, and the spread values of the grid, vary than lightness does. */
const MINOR_CHANNEL = 0.35;
/** How much less each difference of scales varies than what the scales have in common. */
const SCALE_FALLOFF = 0.35;
const SPACE_FALLOFF = 1.2;
const ANGLE_FALLOFF = 0.7;

/**
 * The 256 directions that sign codes start from: cosine waves over the places of the thumbnail, the grid and the
 * oriented energy, Fourier waves over its angles, cosine waves over its scales. Statistics of photos change little
 * when a picture is shifted, mirrored or scaled, which is why such waves are close to their principal components; and
 * since they do not depend on the dataset, they can be told from ten images as well as from ten thousand. The widest
 * 256 by a model of the spread are taken; histograms, textures and global scalars are left out, because their numbers
 * hang together too much to be worth a bit each.
 */
export function signDirections(): SignDirection[] {
  const ranked = [...thumbnailWaves(), ...gridWaves(), ...orientationWaves()];
  return ranked
    .sort((a, b) => b.spread - a.spread)
    .slice(0, SIGN_BITS)
    .map(toUnitLength);
}

function thumbnailWaves(): SignDirection[] {
  const start = offsetOf('thumbnail');
  return [0, 1, 2].flatMap((channel) =>
    spatialWaves(THUMBNAIL_SIDE).map(({ spread, weights }) => ({
      block: 'thumbnail' as const,
      spread: spread * (channel === 0 ? 1 : MINOR_CHANNEL),
      indices: Int32Array.from(weights, (_, cell) => start + cell * 3 + channel),
      weights,
    })),
  );
}

function gridWaves(): SignDirection[] {
  const start = offsetOf('grid');
  const values = Array.from({ length: GRID_VALUES - FIRST_GRID_VALUE }, (_, i) => FIRST_GRID_VALUE + i);
  return values.flatMap((value) =>
    spatialWaves(GRID_SIDE).map(({ spread, weights }) => ({
      block: 'grid' as const,
      spread: spread * MINOR_CHANNEL,
      indices: Int32Array.from(weights, (_, cell) => start + cell * GRID_VALUES + value),
      weights,
    })),
  );
}

function orientationWaves(): SignDirection[] {
  const starts = ['orientation128', 'orientation64', 'orientation32'].map(offsetOf);
  const cells = GRID_SIDE * GRID_SIDE;
  const waves: SignDirection[] = [];
  for (const place of spatialWaves(GRID_SIDE)) {
    for (let angleWave = 0; angleWave < ANGLES; angleWave++) {
      for (let scaleWave = 0; scaleWave < starts.length; scaleWave++) {
        const frequency = Math.ceil(angleWave / 2);
        const indices = new Int32Array(starts.length * cells * ANGLES);
        const weights = new Float64Array(indices.length);
        let at = 0;
        starts.forEach((start, scale) => {
          for (let cell = 0; cell < cells; cell++) {
            for (let angle = 0; angle < ANGLES; angle++, at++) {
              indices[at] = start + cell * ANGLES + angle;
              weights[at] = place.weights[cell] * fourier(angleWave, angle) * cosine(scaleWave, scale, starts.length);
            }
          }
        });
        const spread = place.spread * (1 + frequency ** 2) ** -ANGLE_FALLOFF * SCALE_FALLOFF ** scaleWave;
        waves.push({ block: 'orientation', spread, indices, weights });
      }
    }
  }
  return waves;
}

/** Products of cosine waves over a square of cells, row by row; coarse ones spread more than fine ones. */
function spatialWaves(side: number): { spread: number; weights: Float64Array }[] {
  const waves = [];
  for (let across = 0; across < side; across++) {
    for (let down = 0; down < side; down++) {
      const weights = new Float64Array(side * side);
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) weights[y * side + x] = cosine(across, x, side) * cosine(down, y, side);
      }
      waves.push({ spread: (1 + across ** 2 + down ** 2) ** -SPACE_FALLOFF, weights });
    }
  }
  return waves;
}

function cosine(wave: number, position: number, length: number): number {
  return Math.cos((Math.PI * wave * (position + 0.5)) / length);
}

/** The constant, then sine and cosine in turn; the last one, of the highest frequency, has a cosine only. */
function fourier(wave: number, angle: number): number {
  const phase = (2 * Math.PI * Math.ceil(wave / 2) * angle) / ANGLES;
  return wave % 2 === 1 && wave !== ANGLES - 1 ? Math.sin(phase) : Math.cos(phase);
}

function offsetOf(name: string): number {
  return VISUAL_LOOK_OFFSETS[VISUAL_LOOK_LAYOUT.findIndex((part) => part.name === name)];
}

function toUnitLength(direction: SignDirection): SignDirection {
  const length = Math.sqrt(direction.weights.reduce((sum, weight) => sum + weight * weight, 0));
  return { ...direction, weights: direction.weights.map((weight) => weight / length) };
}
