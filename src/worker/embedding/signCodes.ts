import { DESCRIPTOR_LENGTH } from '../../protocol/workerApi';
import { SIGN_BITS, signDirections } from './signDirections';
import type { SparseDirection } from './signDirections';

/** Bytes of a sign code. */
export const SIGN_CODE_BYTES = SIGN_BITS / 8;

let directions: SparseDirection[] | null = null;

/**
 * Writes the sign codes of the descriptors `from` to `to` (exclusive): bit k (of byte k ÷ 8, lowest first) says on
 * which side of `center` the descriptor lies along direction k. Pictures that look alike differ in few of the 256 bits,
 * unrelated ones in about 128.
 */
export function writeSignCodes(
  descriptors: Float32Array,
  from: number,
  to: number,
  center: Float32Array,
  out: Uint8Array,
): void {
  directions ??= signDirections();
  const centered = new Float64Array(DESCRIPTOR_LENGTH);
  for (let row = from; row < to; row++) {
    for (let j = 0, at = row * DESCRIPTOR_LENGTH; j < DESCRIPTOR_LENGTH; j++)
      centered[j] = descriptors[at + j] - center[j];
    for (let bit = 0; bit < SIGN_BITS; bit++) {
      if (along(directions[bit], centered) > 0) out[row * SIGN_CODE_BYTES + (bit >> 3)] |= 1 << (bit & 7);
    }
  }
}

function along({ indices, weights }: SparseDirection, centered: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < indices.length; k++) sum += weights[k] * centered[indices[k]];
  return sum;
}
