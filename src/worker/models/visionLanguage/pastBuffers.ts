import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';

/** `past_key_values.L.key` and the output that becomes it in the next run, `present.L.key`. */
const PAST = 'past_key_values.';
const PRESENT = 'present.';

interface PastEntry {
  readonly input: string;
  readonly output: string;
  readonly heads: number;
  readonly size: number;
  readonly half: boolean;
}

/** What a decoder remembers, by the name of the input it is fed to. */
export type PastTensors = Readonly<Record<string, Tensor>>;

/** Where a past is kept. A past is overwritten by the next one that is put into the same slot. */
export type PastSlot = 0 | 1 | 2;

/**
 * Memory for pasts, used again and again: a past can be hundreds of megabytes, and a new one for every run would be
 * mapped, zeroed and thrown away each time.
 */
export class PastBuffers {
  /** Nothing yet. */
  readonly empty: PastTensors;
  private readonly entries: readonly PastEntry[];
  private readonly slots: Record<PastSlot, Map<string, Float32Array | Uint16Array>> = [new Map(), new Map(), new Map()];

  /** @throws when the decoder has no past of [batch, heads, tokens, size]. */
  constructor(
    decoder: InferenceSession,
    private readonly Tensor: TensorConstructor,
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

  /** Tensors for a decoder to write the past of so many tokens into, by output. */
  outputs(slot: PastSlot, tokens: number): Record<string, Tensor> {
    return Object.fromEntries(this.entries.map((entry) => [entry.output, this.tensor(entry, slot, tokens)]));
  }

  /** A run's outputs as the next run's inputs. */
  fromOutputs(outputs: Readonly<Record<string, Tensor>>): PastTensors {
    return Object.fromEntries(this.entries.map(({ input, output }) => [input, outputs[output]]));
  }

  private tensor({ input, heads, size, half }: PastEntry, slot: PastSlot, tokens: number): Tensor {
    const length = heads * tokens * size;
    const buffers = this.slots[slot];
    let buffer = buffers.get(input);
    if (!buffer || buffer.length < length) {
      const roomy = Math.ceil(length * 1.1);
      buffer = half ? new Uint16Array(roomy) : new Float32Array(roomy);
      buffers.set(input, buffer);
    }
    return new this.Tensor(half ? 'float16' : 'float32', buffer.subarray(0, length), [1, heads, tokens, size]);
  }
}
