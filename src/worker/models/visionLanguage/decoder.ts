import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { floatsOf } from './float16';
import { PastBuffers, type PastSlot, type PastTensors } from './pastBuffers';

/** What a decoder remembers of the tokens so far. Several runs may go on from the same one. */
export interface Past {
  readonly tensors: PastTensors;
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
  /** Whether what runs give is in main memory. */
  readonly onCpu: boolean;
}

export interface RunOptions {
  /** Of how many of the last tokens the logits are wanted. */
  readonly rows: number;
  /** Where to remember the tokens, for runs that go on from here; overwrites what was there. */
  readonly into?: PastSlot;
}

/** Of the prefix; the others are for what comes after it. */
const PREFIX_SLOT = 0;

/** The language half of a model: token embeddings and the decoder, always one sequence at a time. */
export class Decoder {
  private readonly buffers: PastBuffers;
  private readonly embeddings = new WeakMap<readonly number[], Tensor>();

  constructor(private readonly parts: DecoderParts) {
    this.buffers = new PastBuffers(parts.decoder, parts.Tensor, parts.onCpu);
  }

  /** Embeddings of tokens, float32 [1, length, width], in memory of their own. */
  async embed(ids: readonly number[]): Promise<Tensor> {
    const { embedTokens, Tensor } = this.parts;
    const feeds = { input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]) };
    const { inputs_embeds: embeds } = await embedTokens.run(feeds);
    return embeds;
  }

  /** Runs what a sequence begins with. The past is good until the next start. */
  async start(embedded: Embedded): Promise<Past> {
    const nothing = { tensors: this.buffers.empty, length: 0, position: 0 };
    const { past } = await this.run(embedded, nothing, { rows: 1, into: PREFIX_SLOT });
    return past;
  }

  /** Runs tokens on a past. The same array of tokens, for image after image, is embedded once. */
  async go(ids: readonly number[], past: Past, options: RunOptions): Promise<{ logits: Logits; past: Past }> {
    const tensor = this.embeddings.get(ids) ?? (await this.embed(ids));
    this.embeddings.set(ids, tensor);
    const positions = [ids.map((_, i) => past.position + i)];
    return this.run({ tensor, positions, next: past.position + ids.length }, past, options);
  }

  private async run(
    { tensor, positions, next }: Embedded,
    past: Past,
    { rows, into }: RunOptions,
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
    // Only what is asked for is copied out of the runtime.
    const kept = into === undefined ? {} : this.buffers.outputs(into, total);
    const outputs = await decoder.run(feeds, { logits: null, ...kept });
    const tensors = into === undefined ? {} : this.buffers.keep(into, outputs);
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

function lastRows(logits: Tensor, rows: number): Logits {
  const [, given, vocabulary] = logits.dims;
  return { data: floatsOf(logits).subarray((given - rows) * vocabulary), rows, vocabulary };
}
