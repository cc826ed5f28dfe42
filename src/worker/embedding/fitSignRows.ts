import { DESCRIPTOR_LENGTH } from '../../protocol/workerApi';
import type { Pacer } from '../numeric/pacer';
import { symmetricEigen } from '../numeric/symmetricEigen';
import { SIGN_BITS, signDirections } from './signDirections';
import type { SignDirection } from './signDirections';

/** What the dataset has in common is learnt as at most so many directions, */
const MOST_LEARNT = 16;
/** and only one for so many images: the widest of fewer would be about single images. */
const IMAGES_PER_DIRECTION = 12;
/** How much what was learnt weighs against the model of photos. */
const LEARNT_WEIGHT = 0.3;
const ROWS_PER_LOOK = 16;
const LEAST_VARIANCE = 1e-9;

/**
 * The directions, 256 × 904 row-major, whose signs around the center make up a sign code: those of `signDirections`,
 * rotated so that what sets most images of this dataset apart (night and day, two scenes in many takes) decides a few
 * bits instead of many. The plain principal components are no good for that in small folders: of two alike among a
 * hundred, some components hold nothing but their difference.
 */
export async function fitSignRows(
  descriptors: Float32Array,
  chosen: Int32Array,
  center: Float32Array,
  pacer: Pacer,
): Promise<Float32Array> {
  const directions = signDirections();
  const learnt = Math.min(MOST_LEARNT, Math.floor(chosen.length / IMAGES_PER_DIRECTION));
  if (learnt === 0) return combined(directions, identity(SIGN_BITS), pacer);

  const whitened = await whitenedCoordinates(directions, descriptors, chosen, center, pacer);
  const sums = await outerProducts(whitened.coordinates, chosen.length, pacer);
  const { values, vectors } = await symmetricEigen(sums, SIGN_BITS, pacer);
  const deviations = directions.map(({ spread }) => Math.sqrt(spread));
  const mixed = new Float64Array(SIGN_BITS * SIGN_BITS);
  for (let a = 0; a < SIGN_BITS; a++) {
    for (let b = 0; b < SIGN_BITS; b++) {
      let sum = a === b ? 1 : 0;
      for (let k = 0; k < learnt; k++) {
        sum += (LEARNT_WEIGHT / chosen.length) * values[k] * vectors[k * SIGN_BITS + a] * vectors[k * SIGN_BITS + b];
      }
      mixed[a * SIGN_BITS + b] = sum * deviations[a] * deviations[b];
    }
  }
  const rotation = (await symmetricEigen(mixed, SIGN_BITS, pacer)).vectors;
  // Back from coordinates of modelled variance to the descriptor.
  for (let i = 0; i < rotation.length; i++) rotation[i] *= whitened.factors[i % SIGN_BITS] * deviations[i % SIGN_BITS];
  return combined(directions, rotation, pacer);
}

/** Coordinates of the chosen rows along the directions, times factors that bring each to variance 1 by the model. */
async function whitenedCoordinates(
  directions: readonly SignDirection[],
  descriptors: Float32Array,
  chosen: Int32Array,
  center: Float32Array,
  pacer: Pacer,
): Promise<{ coordinates: Float64Array; factors: Float64Array }> {
  const coordinates = new Float64Array(chosen.length * SIGN_BITS);
  const variances = new Float64Array(SIGN_BITS);
  const centered = new Float64Array(DESCRIPTOR_LENGTH);
  for (let i = 0; i < chosen.length; i++) {
    const row = chosen[i] * DESCRIPTOR_LENGTH;
    for (let j = 0; j < DESCRIPTOR_LENGTH; j++) centered[j] = descriptors[row + j] - center[j];
    for (let d = 0; d < SIGN_BITS; d++) {
      const coordinate = along(directions[d], centered);
      coordinates[i * SIGN_BITS + d] = coordinate;
      variances[d] += coordinate ** 2 / chosen.length;
    }
    if (i % ROWS_PER_LOOK === 0 && pacer.due()) await pacer.pause();
  }
  const factors = modelFactors(directions, variances);
  for (let i = 0; i < coordinates.length; i++) coordinates[i] *= factors[i % SIGN_BITS];
  return { coordinates, factors };
}

function along({ indices, weights }: SignDirection, centered: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < indices.length; k++) sum += weights[k] * centered[indices[k]];
  return sum;
}

/**
 * 1 ÷ the modelled deviation of each direction. The model says how variances compare within a block; how large they are
 * is taken from the data, by their geometric mean, which a few very wide directions cannot sway.
 */
function modelFactors(directions: readonly SignDirection[], variances: Float64Array): Float64Array {
  const logRatios = new Map<string, number[]>();
  directions.forEach(({ block, spread }, d) => {
    const ratios = logRatios.get(block) ?? [];
    ratios.push(Math.log((variances[d] + LEAST_VARIANCE) / spread));
    logRatios.set(block, ratios);
  });
  return Float64Array.from(directions, ({ block, spread }) => {
    const ratios = logRatios.get(block) ?? [0];
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
    return 1 / Math.sqrt(Math.exp(mean) * spread);
  });
}

async function outerProducts(rows: Float64Array, count: number, pacer: Pacer): Promise<Float64Array> {
  const sums = new Float64Array(SIGN_BITS * SIGN_BITS);
  for (let i = 0; i < count; i++) {
    const row = rows.subarray(i * SIGN_BITS, (i + 1) * SIGN_BITS);
    for (let a = 0; a < SIGN_BITS; a++) {
      for (let b = 0; b <= a; b++) sums[a * SIGN_BITS + b] += row[a] * row[b];
    }
    if (pacer.due()) await pacer.pause();
  }
  for (let a = 0; a < SIGN_BITS; a++) for (let b = 0; b < a; b++) sums[b * SIGN_BITS + a] = sums[a * SIGN_BITS + b];
  return sums;
}

/** Row c of the result is Σ rotation[c, d] · direction d, written out over the whole descriptor. */
async function combined(
  directions: readonly SignDirection[],
  rotation: Float64Array,
  pacer: Pacer,
): Promise<Float32Array> {
  const rows = new Float32Array(SIGN_BITS * DESCRIPTOR_LENGTH);
  const sum = new Float64Array(DESCRIPTOR_LENGTH);
  for (let c = 0; c < SIGN_BITS; c++) {
    sum.fill(0);
    directions.forEach(({ indices, weights }, d) => {
      const factor = rotation[c * SIGN_BITS + d];
      if (factor !== 0) for (let k = 0; k < indices.length; k++) sum[indices[k]] += factor * weights[k];
    });
    rows.set(sum, c * DESCRIPTOR_LENGTH);
    if (pacer.due()) await pacer.pause();
  }
  return rows;
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  return matrix;
}
