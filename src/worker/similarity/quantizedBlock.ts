import { WASM_PAGE } from '../image/wasmModule';
import { makeDotKernel, ROW_STEP, type DotKernel } from './dotKernel';

/** What a query of unit length is multiplied with to become 16-bit numbers. */
const QUERY_SCALE = 16_384;
const MOST = 127;
/** Steps of the rest that a byte leaves: half a step each way is what it can be. */
const REST_STEPS = 254;

/**
 * Rows of floats in two bytes each number: the first is looked through (a quarter of the memory that floats take, and
 * whole numbers), the second makes it 16 bits for what was found, which is as good as the floats.
 */
export class QuantizedBlock {
  readonly count: number;
  private readonly kernel: DotKernel = makeDotKernel();
  private readonly stride: number;
  private readonly outputAt: number;
  private readonly rowsAt: number;
  /** Of each row: what its bytes are multiplied with. */
  private readonly scales: Float32Array;
  private readonly rests: Int8Array;

  /** @param vectors row-major, `length` numbers a row, at least one row */
  constructor(
    vectors: Float32Array,
    private readonly length: number,
  ) {
    this.count = vectors.length / length;
    this.stride = Math.ceil(length / ROW_STEP) * ROW_STEP;
    this.outputAt = 2 * this.stride;
    this.rowsAt = Math.ceil((this.outputAt + 4 * this.count) / ROW_STEP) * ROW_STEP;
    const { memory } = this.kernel;
    memory.grow(Math.ceil((this.rowsAt + this.count * this.stride) / WASM_PAGE) - 1);
    this.scales = new Float32Array(this.count);
    this.rests = new Int8Array(vectors.length);
    this.quantize(vectors);
  }

  /**
   * Estimates of all cosines, valid until the next call.
   * @param query of unit length
   * @returns what has to be multiplied with `scaleOf` a row
   */
  estimate(query: Float32Array): Int32Array {
    const { buffer } = this.kernel.memory;
    const words = new Int16Array(buffer, 0, this.stride);
    for (let i = 0; i < this.length; i++) words[i] = Math.round(query[i] * QUERY_SCALE);
    this.kernel.dotRows(0, this.rowsAt, this.rowsAt + this.count * this.stride, this.stride, this.outputAt);
    return new Int32Array(buffer, this.outputAt, this.count);
  }

  scaleOf(row: number): number {
    return this.scales[row] / QUERY_SCALE;
  }

  /** The cosine, from both bytes of each number. */
  cosine(query: Float32Array, row: number): number {
    const bytes = new Int8Array(this.kernel.memory.buffer, this.rowsAt + row * this.stride, this.length);
    const first = row * this.length;
    let sum = 0;
    for (let i = 0; i < this.length; i++) sum += query[i] * (bytes[i] + this.rests[first + i] / REST_STEPS);
    return sum * this.scales[row];
  }

  private quantize(vectors: Float32Array): void {
    const bytes = new Int8Array(this.kernel.memory.buffer);
    for (let row = 0; row < this.count; row++) {
      const first = row * this.length;
      const to = this.rowsAt + row * this.stride;
      let largest = 0;
      for (let i = 0; i < this.length; i++) largest = Math.max(largest, Math.abs(vectors[first + i]));
      if (largest === 0) continue;
      this.scales[row] = largest / MOST;
      const factor = MOST / largest;
      for (let i = 0; i < this.length; i++) {
        const exact = vectors[first + i] * factor;
        const byte = Math.round(exact);
        bytes[to + i] = byte;
        this.rests[first + i] = Math.round((exact - byte) * REST_STEPS);
      }
    }
  }
}
