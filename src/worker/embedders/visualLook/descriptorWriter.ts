import { DESCRIPTOR_LENGTH } from '../../../protocol/workerApi';

/** Fills a descriptor from front to back. */
export class DescriptorWriter {
  private readonly values = new Float32Array(DESCRIPTOR_LENGTH);
  private length = 0;

  put(value: number): void {
    if (!Number.isFinite(value)) throw new Error(`Number ${this.length} of the descriptor is ${value}.`);
    this.values[this.length++] = value;
  }

  /** @throws when more or fewer numbers than `DESCRIPTOR_LENGTH` were written. */
  finish(): Float32Array {
    if (this.length !== DESCRIPTOR_LENGTH) {
      throw new Error(`The descriptor has ${this.length} numbers instead of ${DESCRIPTOR_LENGTH}.`);
    }
    return this.values;
  }
}
