import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { refeedable } from '../float16';

/** What a decoder remembers of the tokens so far. Never changed: several runs may go on from the same one. */
export interface Past {
  /** By the name of the input they are fed to: `past_key_values.L.key`, … */
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Tokens so far. */
  readonly length: number;
  /** Position of the next token. */
  readonly position: number;
}

const PAST = 'past_key_values.';
const PRESENT = 'present.';

/** The past of a sequence that has not begun. */
export function emptyPast({ inputMetadata }: InferenceSession, Tensor: TensorConstructor): Past {
  const tensors: Record<string, Tensor> = {};
  for (const input of inputMetadata) {
    if (!input.isTensor || !input.name.startsWith(PAST)) continue;
    const dims = input.shape.map((size, axis) => (typeof size === 'number' ? size : axis === 0 ? 1 : 0));
    tensors[input.name] =
      input.type === 'float16'
        ? new Tensor('float16', new Uint16Array(0), dims)
        : new Tensor('float32', new Float32Array(0), dims);
  }
  return { tensors, length: 0, position: 0 };
}

/** The outputs of a decoder that a run has to be asked for to go on from. */
export function pastOutputs({ outputNames }: InferenceSession): string[] {
  return outputNames.filter((name) => name.startsWith(PRESENT));
}

/** Outputs of a run as the inputs of the next. */
export function pastTensors(
  names: readonly string[],
  outputs: Readonly<Record<string, Tensor>>,
  Tensor: TensorConstructor,
): Past['tensors'] {
  const inputOf = (name: string) => PAST + name.slice(PRESENT.length);
  return Object.fromEntries(names.map((name) => [inputOf(name), refeedable(outputs[name], Tensor)]));
}

/** Whether a past lies where `shorten` can read it. */
export function isInMainMemory({ tensors }: Past): boolean {
  return Object.values(tensors).every(({ location }) => location === 'cpu');
}

/** A past in main memory without its last tokens. */
export function shorten({ tensors, length, position }: Past, tokens: number, Tensor: TensorConstructor): Past {
  if (tokens === 0) return { tensors, length, position };
  const entries = Object.entries(tensors).map(([name, tensor]) => [name, cut(tensor, tokens, Tensor)] as const);
  return { tensors: Object.fromEntries(entries), length: length - tokens, position: position - tokens };
}

/** [1, heads, tokens, size] without the last tokens. */
function cut(tensor: Tensor, tokens: number, Tensor: TensorConstructor): Tensor {
  const [, heads, before, size] = tensor.dims;
  const row = (before - tokens) * size;
  const from = tensor.data as Float32Array | Uint16Array;
  const to = from instanceof Uint16Array ? new Uint16Array(heads * row) : new Float32Array(heads * row);
  for (let head = 0; head < heads; head++) {
    const start = head * before * size;
    to.set(from.subarray(start, start + row), head * row);
  }
  const dims = [1, heads, before - tokens, size];
  return to instanceof Uint16Array ? new Tensor('float16', to, dims) : new Tensor('float32', to, dims);
}

/** Frees what a past holds on a device with a memory of its own; what is in main memory, the collector finds. */
export function forget({ tensors }: Past): void {
  for (const tensor of Object.values(tensors)) if (tensor.location !== 'cpu') tensor.dispose();
}
