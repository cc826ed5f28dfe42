import { DESCRIPTOR_LENGTH, type Basis, type Transform } from '../../protocol/workerApi';
import { SIGN_CODE_BYTES, writeSignCode } from '../embedding/visualLookBasis';
import { Pacer } from '../numeric/pacer';
import { transformedPlaces } from './transformDescriptor';

const ROWS_PER_LOOK = 16;

/**
 * Sign codes, count × 32 bytes, that the images of these row-major descriptors would have if they were mirrored or
 * turned. No image is decoded for it. @throws the signal's reason when aborted.
 */
export async function transformedCodes(
  basis: Basis,
  descriptors: Float32Array,
  count: number,
  transform: Transform,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const pacer = new Pacer(signal);
  const places = transformedPlaces(transform);
  const codes = new Uint8Array(count * SIGN_CODE_BYTES);
  const descriptor = new Float32Array(DESCRIPTOR_LENGTH);
  for (let i = 0; i < count; i++) {
    const row = descriptors.subarray(i * DESCRIPTOR_LENGTH, (i + 1) * DESCRIPTOR_LENGTH);
    for (let j = 0; j < DESCRIPTOR_LENGTH; j++) descriptor[j] = row[places[j]];
    writeSignCode(basis, descriptor, codes.subarray(i * SIGN_CODE_BYTES, (i + 1) * SIGN_CODE_BYTES));
    if (i % ROWS_PER_LOOK === 0 && pacer.due()) await pacer.pause();
  }
  return codes;
}
