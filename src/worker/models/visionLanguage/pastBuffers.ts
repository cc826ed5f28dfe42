import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { refeedable } from './float16';

const PAST = 'past_key_values.';
const PRESENT = 'present.';

/** One tensor of a past: what it is called where it goes in and where it comes out, [1, heads, tokens, size]. */
interface PastEntry {
  readonly input: string;
  readonly output: string;
  readonly heads: number;
  readonly size: number;
  readonly half: boolean;
}

/** What a decoder remembers, by the name of the input it is fed to. */
export type PastTensors = Readonly<Record<string, Tensor>>;

/** Where a past is kept. A past is gone when the next one is put into the same slot. */
export type PastSlot = 0 | 1 | 2;

/**
 * Memory for pasts, used again and again: a past can be hundreds of megabytes, and new ones for every run would pile up
 * until the collector finds them. On devices with a memory of their own the runtime makes pasts there, and they are
 * freed here.
 */
export class PastBuffers {
  /** Nothing yet. */
  readonly empty: PastTensors;
  private readonly entries: readonly PastEntry[];
  private readonly buffers = [0, 1, 2].map(() => new Map<string, Float32Array | Uint16Array>());
  private readonly kept: PastTensors[] = [{}, {}, {}];

  /**
   * @param onCpu whether runs leave their outputs in main memory
   * @throws when the decoder's past is not [batch, heads, tokens, size] with fixed heads and size.
   */
  constructor(
    decoder: InferenceSession,
    private readonly Tensor: TensorConstructor,
    private readonly onCpu: boolean,
  ) {
    this.entries = decoder.inputMetadata.flatMap((input) => {
      if (!input.isTensor || !input.name.startsWith(PAST)) return [];
      const [, heads, , size] = input.shape;
      if (typeof heads !== 'number' || typeof size !== 'number') throw new Error(`${input.name} has no fixed size.`);
      const output = PRESENT + input.name.slice(PAST.length);
      return [{ input: input.name, output, heads, size, half: input.type === 'float16' }];
    });
    this.empty = Object.fromEntries(this.entries.map((entry) => [entry.input, this.tensor(entry, 0, 0)]));
  }

  /** What a run is asked for, by output: to write the past of so many tokens into a slot, or to make it somewhere. */
  outputs(slot: PastSlot, tokens: number): Record<string, Tensor | null> {
    return Object.fromEntries(
      this.entries.map((entry) => [entry.output, this.onCpu ? this.tensor(entry, slot, tokens) : null]),
    );
  }

  /** Keeps what came out in the slot, in the place of what was there. @returns it as the next run takes it. */
  keep(slot: PastSlot, outputs: Readonly<Record<string, Tensor>>): PastTensors {
    for (const tensor of Object.values(this.kept[slot])) if (tensor.location !== 'cpu') tensor.dispose();
    const tensors = Object.fromEntries(
      this.entries.map(({ input, output }) => [input, refeedable(outputs[output], this.Tensor)]),
    );
    this.kept[slot] = tensors;
    return tensors;
  }

  private tensor({ input, heads, size, half }: PastEntry, slot: PastSlot, tokens: number): Tensor {
    const length = heads * tokens * size;
    let buffer = this.buffers[slot].get(input);
    if (!buffer || buffer.length < length) {
      const roomy = Math.ceil(length * 1.1);
      buffer = half ? new Uint16Array(roomy) : new Float32Array(roomy);
      this.buffers[slot].set(input, buffer);
    }
    return new this.Tensor(half ? 'float16' : 'float32', buffer.subarray(0, length), [1, heads, tokens, size]);
  }
}
