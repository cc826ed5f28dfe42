import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { floatsOf, refeedable } from './float16';

/** What a decoder remembers of the tokens so far. Never changed: several runs may go on from the same one. */
export interface Past {
  /** By the name of the input they are fed to: `past_key_values.L.key`, … */
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Tokens so far. */
  readonly length: number;
  /** Position of the next token. */
  readonly position: number;
}

/** Scores of the next token after each of the last `rows` tokens, row-major. */
export interface Logits {
  readonly data: Float32Array;
  readonly rows: number;
  readonly vocabulary: number;
}

/** Tokens on their way into the decoder. */
export interface Embedded {
  /** Float32 [1, length, width]. */
  readonly tensor: Tensor;
  /** Where each token is: one list, or one each for time, row and column. */
  readonly positions: readonly (readonly number[])[];
  /** Position of the token that will follow. */
  readonly next: number;
}

export interface DecoderParts {
  readonly embedTokens: InferenceSession;
  readonly decoder: InferenceSession;
  readonly Tensor: TensorConstructor;
}

const PAST = 'past_key_values.';
const PRESENT = 'present.';

/** The language half of a model: token embeddings and the decoder, always one sequence at a time. */
export class Decoder {
  private readonly empty: Past;
  private readonly presentNames: readonly string[];

  constructor(private readonly parts: DecoderParts) {
    const { decoder, Tensor } = parts;
    this.empty = { tensors: emptyPast(decoder, Tensor), length: 0, position: 0 };
    this.presentNames = decoder.outputNames.filter((name) => name.startsWith(PRESENT));
  }

  /** Embeddings of tokens, float32 [1, length, width]. */
  async embed(ids: readonly number[]): Promise<Tensor> {
    const { embedTokens, Tensor } = this.parts;
    const feeds = { input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]) };
    const { inputs_embeds: embeds } = await embedTokens.run(feeds);
    return embeds;
  }

  /** Runs what a sequence begins with. */
  async start(embedded: Embedded): Promise<Past> {
    const { past } = await this.run(embedded, this.empty, { rows: 1, remember: true });
    return past;
  }

  /** Runs tokens on a past. `rows`: of how many of the last tokens the logits are wanted. */
  async go(ids: readonly number[], past: Past, options: RunOptions): Promise<{ logits: Logits; past: Past }> {
    const tensor = await this.embed(ids);
    const positions = [ids.map((_, i) => past.position + i)];
    return this.run({ tensor, positions, next: past.position + ids.length }, past, options);
  }

  private async run(
    { tensor, positions, next }: Embedded,
    past: Past,
    { rows, remember }: RunOptions,
  ): Promise<{ logits: Logits; past: Past }> {
    const { decoder, Tensor } = this.parts;
    const length = tensor.dims[1];
    const total = past.length + length;
    const made: Record<string, () => Tensor> = {
      inputs_embeds: () => tensor,
      attention_mask: () => new Tensor('int64', new BigInt64Array(total).fill(1n), [1, total]),
      position_ids: () => this.positionIds(positions, length),
      num_logits_to_keep: () => new Tensor('int64', BigInt64Array.of(BigInt(rows)), []),
      use_cache_branch: () => new Tensor('bool', [past.length > 0], [1]),
    };
    const feeds = Object.fromEntries(
      decoder.inputNames.map((name) => [name, past.tensors[name] ?? made[name]?.()] as const),
    );
    const outputs = await decoder.run(feeds, ['logits', ...(remember ? this.presentNames : [])]);
    const tensors = Object.fromEntries(
      this.presentNames.flatMap((name) =>
        outputs[name] ? [[PAST + name.slice(PRESENT.length), refeedable(outputs[name], Tensor)]] : [],
      ),
    );
    return { logits: lastRows(outputs['logits'], rows), past: { tensors, length: total, position: next } };
  }

  private positionIds(positions: Embedded['positions'], length: number): Tensor {
    const { decoder, Tensor } = this.parts;
    const declared = decoder.inputMetadata.find(({ name }) => name === 'position_ids');
    const axes = declared?.isTensor ? declared.shape.length : 2;
    const rows = axes === 3 ? [0, 1, 2].map((axis) => positions[axis] ?? positions[0]) : [positions[0]];
    return new Tensor('int64', BigInt64Array.from(rows.flat(), BigInt), axes === 3 ? [3, 1, length] : [1, length]);
  }
}

export interface RunOptions {
  readonly rows: number;
  /** Whether something will go on from here. */
  readonly remember: boolean;
}

/** Frees what a past holds outside of the main memory; what is in it, the collector finds. */
export function forget({ tensors }: Past): void {
  for (const tensor of Object.values(tensors)) if (tensor.location !== 'cpu') tensor.dispose();
}

function emptyPast({ inputMetadata }: InferenceSession, Tensor: TensorConstructor): Record<string, Tensor> {
  const entries = inputMetadata.flatMap((input) => {
    if (!input.isTensor || !input.name.startsWith(PAST)) return [];
    const dims = input.shape.map((size, axis) => (typeof size === 'number' ? size : axis === 0 ? 1 : 0));
    const data = input.type === 'float16' ? new Uint16Array(0) : new Float32Array(0);
    return [[input.name, new Tensor(input.type === 'float16' ? 'float16' : 'float32', data, dims)] as const];
  });
  return Object.fromEntries(entries);
}

function lastRows(logits: Tensor, rows: number): Logits {
  const [, given, vocabulary] = logits.dims;
  const data = floatsOf(logits);
  return { data: data.subarray((given - rows) * vocabulary), rows, vocabulary };
}
