import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { UserError } from '../../../protocol/userError';
import type { GraphRequest } from '../inferenceApi';
import { openSession, requireOutput } from './session';
import { unitRows } from './unitRows';

/** SigLIP was trained on lower-case texts padded to the length of its position embeddings, and on nothing else. */
const SIGLIP_TOKENS = 64;
const CLIP_TOKENS = 77;

/**
 * Vectors of unit length of texts, by a text encoder that is loaded for this and let go again. One text a pass: no
 * padding can change what another text gives.
 * @throws UserError `model-unusable`, or what ONNX Runtime throws.
 */
export async function embedTexts(
  graph: GraphRequest,
  folder: string,
  texts: readonly string[],
): Promise<{ vectors: Float32Array; length: number }> {
  const tokenizer = await loadTokenizer(folder);
  const session = await openSession(graph);
  try {
    const isSiglip = graph.family === 'siglip';
    const output = isSiglip ? 'pooler_output' : 'text_embeds';
    requireOutput(session, graph.file, output);
    const rows: Float32Array[] = [];
    for (const text of texts) {
      const ids = isSiglip ? siglipIds(tokenizer, text) : clipIds(tokenizer, text);
      rows.push(await embedIds(session, output, ids));
    }
    const length = rows[0]?.length ?? 0;
    const vectors = new Float32Array(rows.length * length);
    rows.forEach((row, i) => vectors.set(row, i * length));
    return { vectors, length };
  } finally {
    await session.release();
  }
}

async function loadTokenizer(folder: string): Promise<PreTrainedTokenizer> {
  const read = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8')) as object;
  try {
    return new PreTrainedTokenizer(await read('tokenizer.json'), await read('tokenizer_config.json'));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(
      'model-unusable',
      `The tokenizer of ${folder} cannot be read (${why}). Remove the model and download it again.`,
      { cause: error },
    );
  }
}

function clipIds(tokenizer: PreTrainedTokenizer, text: string): number[] {
  return encode(tokenizer, text, { truncation: true, max_length: CLIP_TOKENS });
}

function siglipIds(tokenizer: PreTrainedTokenizer, text: string): number[] {
  const options = { padding: 'max_length' as const, truncation: true, max_length: SIGLIP_TOKENS };
  return encode(tokenizer, text.toLowerCase(), options);
}

function encode(tokenizer: PreTrainedTokenizer, text: string, options: object): number[] {
  const { input_ids: ids } = tokenizer(text, { ...options, return_tensor: false }) as { input_ids: number[] };
  return ids;
}

async function embedIds(session: InferenceSession, output: string, ids: readonly number[]): Promise<Float32Array> {
  const whole = (value: (id: number) => number) =>
    new Tensor(
      'int64',
      BigInt64Array.from(ids, (id) => BigInt(value(id))),
      [1, ids.length],
    );
  const feeds: Record<string, Tensor> = {};
  for (const name of session.inputNames) feeds[name] = whole(name === 'attention_mask' ? () => 1 : (id) => id);
  const { [output]: vector } = await session.run(feeds, [output]);
  const { data } = vector;
  if (!(data instanceof Float32Array)) throw new Error(`${output} is of type ${vector.type}, not float32`);
  return unitRows(data, 1, data.length, data.length);
}
