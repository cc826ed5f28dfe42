import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-node';
import { floatsOf } from '../float16';
import { emptyPast, pastOutputs, pastTensors, shorten, type Past } from './past';

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

export interface RunOptions {
  /** Of how many of the last tokens the logits are wanted; 0 for none. */
  readonly rows: number;
  /** Whether other runs will go on from here: what they need takes time to copy. */
  readonly remember: boolean;
}

/** The language half of a model: token embeddings and the decoder, always one sequence at a time. */
export class Decoder {
  private readonly remembered: readonly string[];
  private readonly embeddings = new WeakMap<readonly number[], Tensor>();

  constructor(private readonly parts: DecoderParts) {
    this.remembered = pastOutputs(parts.decoder);
  }

  /** Embeddings of tokens, float32 [1, length, width], in memory of their own. */
  async embed(ids: readonly number[]): Promise<Tensor> {
    const { embedTokens, Tensor } = this.parts;
    const feeds = { input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]) };
    const { inputs_embeds: embeds } = await embedTokens.run(feeds);
    return embeds;
  }

  /** Runs what a sequence begins with. */
  async start(embedded: Embedded): Promise<Past> {
    const nothing = emptyPast(this.parts.decoder, this.parts.Tensor);
    const { past } = await this.run(embedded, nothing, { rows: 0, remember: true });
    return past;
  }

  /** Runs tokens on a past. The same array of tokens, for image after image, is embedded once. */
  async go(ids: readonly number[], past: Past, options: RunOptions): Promise<{ logits: Logits; past: Past }> {
    const tensor = this.embeddings.get(ids) ?? (await this.embed(ids));
    this.embeddings.set(ids, tensor);
    const positions = [ids.map((_, i) => past.position + i)];
    return this.run({ tensor, positions, next: past.position + ids.length }, past, options);
  }

  /** What was remembered before the last tokens. Of a past in main memory. */
  backUp(past: Past, tokens: number): Past {
    return shorten(past, tokens, this.parts.Tensor);
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
      num_logits_to_keep: () => new Tensor('int64', BigInt64Array.of(BigInt(Math.max(1, rows))), []),
      use_cache_branch: () => new Tensor('bool', [past.length > 0], [1]),
    };
    const feeds = Object.fromEntries(
      decoder.inputNames.map((name) => [name, past.tensors[name] ?? made[name]?.()] as const),
    );
    const kept = remember ? this.remembered : [];
    const outputs = await decoder.run(feeds, [...(rows > 0 ? ['logits'] : []), ...kept]); // only these are copied
    const tensors = pastTensors(kept, outputs, Tensor);
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

function lastRows(logits: Tensor | undefined, rows: number): Logits {
  if (!logits) return { data: new Float32Array(), rows: 0, vocabulary: 0 };
  const [, given, vocabulary] = logits.dims;
  return { data: floatsOf(logits).subarray((given - rows) * vocabulary), rows, vocabulary };
}
