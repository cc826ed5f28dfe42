import { DESCRIPTOR_LENGTH, VISUAL_LOOK_LENGTH } from '../../protocol/workerApi';
import type { Basis } from '../../protocol/workerApi';
import { Pacer } from '../numeric/pacer';
import { centeredRows, chooseRows, principalComponents } from '../numeric/principalComponents';
import { projectRows } from '../numeric/projectRows';
import { descriptorCenter } from './descriptorCenter';
import { fitSignRows } from './fitSignRows';
import { SIGN_BITS } from './signDirections';
import { VISUAL_LOOK_LAYOUT, VISUAL_LOOK_OFFSETS } from './visualLookLayout';

/** Descriptors that the basis is fitted on at most; more change it by less than a refit does. */
const FIT_ROWS = 4000;
/** Components are divided by deviation^0.35: full whitening (1) lets noise decide who is a neighbor. */
const WHITENING = 0.35;
/** Rows that are embedded between two looks at the clock, a few milliseconds. */
const ROWS_PER_LOOK = 16;
/** Bytes of a sign code. */
export const SIGN_CODE_BYTES = SIGN_BITS / 8;

/**
 * Fits the "visual look" embedding on `count` row-major raw descriptors (`VISUAL_LOOK_LAYOUT`): brings the blocks to
 * their weights, finds the principal components, and folds the block weights into them, so that the basis applies to
 * raw descriptors. `outputLength` is 256 or, with fewer than 257 distinct images, one less than there are, at least 1.
 * Seeded: the same input gives the same basis. @throws the signal's reason when aborted.
 */
export async function fitBasis(
  descriptors: Float32Array,
  count: number,
  seed: number,
  signal: AbortSignal,
): Promise<Basis> {
  const pacer = new Pacer(signal);
  const length = DESCRIPTOR_LENGTH;
  const chosen = chooseRows(count, FIT_ROWS, seed);
  const { mean, centered } = centeredRows(descriptors, length, chosen);
  await pacer.pause();
  const weights = blockWeights(centered, chosen.length);
  for (let at = 0; at < centered.length; at += length) {
    for (let j = 0; j < length; j++) centered[at + j] *= weights[j];
  }
  await pacer.pause();
  const { rank, components, deviations } = await principalComponents(
    centered,
    chosen.length,
    length,
    VISUAL_LOOK_LENGTH,
    pacer,
  );

  const center = descriptorCenter(mean, chosen.length);
  const signRows = await fitSignRows(descriptors, chosen, center, pacer);
  const outputLength = Math.max(1, rank);
  const folded = new Float32Array((outputLength + SIGN_BITS) * length);
  for (let i = 0; i < components.length; i++) folded[i] = components[i] * weights[i % length];
  folded.set(signRows, outputLength * length);
  const scale = new Float32Array(outputLength).fill(1);
  deviations.forEach((deviation, c) => (scale[c] = deviation ** -WHITENING));
  return { inputLength: length, outputLength, mean: center, components: folded, scale };
}

/** Weight of each number, such that every block has the energy that the layout gives it. Constant blocks get 0. */
function blockWeights(centered: Float32Array, count: number): Float64Array {
  const energies = new Map<string, number>();
  VISUAL_LOOK_LAYOUT.forEach((part, p) => {
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const row = i * DESCRIPTOR_LENGTH;
      for (let j = VISUAL_LOOK_OFFSETS[p]; j < VISUAL_LOOK_OFFSETS[p + 1]; j++) sum += centered[row + j] ** 2;
    }
    energies.set(part.block, (energies.get(part.block) ?? 0) + sum / count);
  });
  const weights = new Float64Array(DESCRIPTOR_LENGTH);
  VISUAL_LOOK_LAYOUT.forEach((part, p) => {
    const energy = energies.get(part.block) ?? 0;
    weights.fill(energy > 0 ? part.weight / Math.sqrt(energy) : 0, VISUAL_LOOK_OFFSETS[p], VISUAL_LOOK_OFFSETS[p + 1]);
  });
  return weights;
}

export interface Embedded {
  /** count × `basis.outputLength`, rows of length 1. */
  vectors: Float32Array;
  /** count × 32 bytes. */
  signCodes: Uint8Array;
}

/**
 * Embeds `count` row-major raw descriptors: unit vectors whose inner product is the likeness, and the sign codes of
 * near-duplicate search. An image that cannot be told from the mean gets the first axis. About .4 ms an image.
 */
export function embedDescriptors(basis: Basis, descriptors: Float32Array, count: number): Embedded {
  const embedded = emptyEmbedded(basis, count);
  embedRows(basis, descriptors, 0, count, embedded);
  return embedded;
}

/** The same in slices, for many descriptors at once. @throws the signal's reason when aborted. */
export async function embedDescriptorsInSlices(
  basis: Basis,
  descriptors: Float32Array,
  count: number,
  signal: AbortSignal,
): Promise<Embedded> {
  const pacer = new Pacer(signal);
  const embedded = emptyEmbedded(basis, count);
  for (let from = 0; from < count; from += ROWS_PER_LOOK) {
    embedRows(basis, descriptors, from, Math.min(count, from + ROWS_PER_LOOK), embedded);
    if (pacer.due()) await pacer.pause();
  }
  return embedded;
}

function emptyEmbedded(basis: Basis, count: number): Embedded {
  return { vectors: new Float32Array(count * basis.outputLength), signCodes: new Uint8Array(count * SIGN_CODE_BYTES) };
}

function embedRows(
  basis: Basis,
  descriptors: Float32Array,
  from: number,
  to: number,
  { vectors, signCodes }: Embedded,
): void {
  const { inputLength: length, outputLength, mean, components, scale } = basis;
  const forVectors = { mean, components, length, rank: outputLength };
  projectRows(descriptors, from, to, forVectors, null, vectors);
  for (let i = from; i < to; i++) {
    const vector = vectors.subarray(i * outputLength, (i + 1) * outputLength);
    for (let c = 0; c < outputLength; c++) vector[c] *= scale[c];
    toUnitLength(vector);
  }

  for (let i = from; i < to; i++) {
    const code = signCodes.subarray(i * SIGN_CODE_BYTES, (i + 1) * SIGN_CODE_BYTES);
    writeSignCode(basis, descriptors.subarray(i * length, (i + 1) * length), code);
  }
}

/** Writes the sign code of one raw descriptor into 32 bytes that are 0. */
export function writeSignCode(basis: Basis, descriptor: Float32Array, code: Uint8Array): void {
  const { inputLength: length, outputLength, mean, components } = basis;
  const forSigns = { mean, components: components.subarray(outputLength * length), length, rank: SIGN_BITS };
  const sides = new Float32Array(SIGN_BITS);
  projectRows(descriptor, 0, 1, forSigns, null, sides);
  for (let bit = 0; bit < SIGN_BITS; bit++) if (sides[bit] > 0) code[bit >> 3] |= 1 << (bit & 7);
}

function toUnitLength(vector: Float32Array): void {
  let square = 0;
  for (const value of vector) square += value * value;
  if (square > 0) for (let c = 0; c < vector.length; c++) vector[c] /= Math.sqrt(square);
  else vector[0] = 1;
}
