import {
  AutoModelForImageTextToText,
  AutoProcessor,
  AutoTokenizer,
  RawImage,
  env,
  ones,
  Tensor,
} from '@huggingface/transformers';
import type { Raster } from '../../../src/worker/image/raster';
import type { VisionLanguageFamily } from '../../fixtures/models/visionLanguageReplicas';

interface Forward {
  forward(inputs: Record<string, unknown>): Promise<{ logits: { data: Float32Array; dims: number[] } }>;
  dispose(): Promise<unknown>;
}
type Process = (...inputs: unknown[]) => Promise<Record<string, Tensor>>;

/** Prompts as the model cards of the families write them; `{image}` is where the image goes. */
const PROMPTS: Readonly<Record<VisionLanguageFamily, (question: string) => string>> = {
  moondream1: (question) => `${'<image>'.repeat(729)}\n\nQuestion: ${question}\n\nAnswer: `,
  idefics3: (question) => `<|im_start|>User:<image>${question}<end_of_utterance>\nAssistant: `,
  'qwen2-vl': (question) =>
    `<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>${question}<|im_end|>\n<|im_start|>assistant\n`,
  'llava-onevision': (question) =>
    `<|im_start|>user ${'<image>'.repeat(729)}\n${question}<|im_end|><|im_start|>assistant\n`,
};

const END: Readonly<Record<VisionLanguageFamily, string>> = {
  moondream1: '<|endoftext|>',
  idefics3: '<end_of_utterance>',
  'qwen2-vl': '<|im_end|>',
  'llava-onevision': '<|im_end|>',
};

/**
 * The log-probability of each answer, by nothing but the library: its processor, its placing of tokens, and one run from
 * the start over image, prompt and answer for each. The image must need no resizing.
 */
export async function uncachedScores(
  family: VisionLanguageFamily,
  folder: string,
  image: Raster,
  questions: readonly { question: string; answers: readonly string[] }[],
): Promise<number[][]> {
  Object.assign(env, { allowRemoteModels: false, useFSCache: false, logLevel: 50 });
  const tokenizer = await AutoTokenizer.from_pretrained(folder);
  const processor = await AutoProcessor.from_pretrained(folder);
  const model = (await AutoModelForImageTextToText.from_pretrained(folder, {
    dtype: 'fp32',
    device: 'cpu',
  })) as unknown as Forward;
  if (processor.image_processor) processor.image_processor.do_resize = family === 'qwen2-vl';
  const raw = new RawImage(new Uint8ClampedArray(image.data), image.width, image.height, 3);
  const inputsOf = async (text: string): Promise<{ ids: number[]; vision: Record<string, unknown> }> => {
    const process = processor as unknown as Process;
    if (family === 'moondream1' || family === 'llava-onevision') {
      return { ids: tokenizer.encode(text), vision: { pixel_values: (await process(raw)).pixel_values } };
    }
    const options = family === 'idefics3' ? [{ do_image_splitting: false }] : [];
    const { input_ids: ids, attention_mask: _, ...vision } = await process(text, raw, ...options);
    return { ids: Array.from(ids.data as BigInt64Array, Number), vision };
  };
  const [end] = tokenizer.encode(END[family]);
  const scores: number[][] = [];
  for (const { question, answers } of questions) {
    const whole = await Promise.all(answers.map((answer) => inputsOf(PROMPTS[family](question) + answer)));
    const sequences = whole.map(({ ids }) => [...ids, end]);
    const shared = sharedLength(sequences);
    const sums: number[] = [];
    for (const [i, ids] of sequences.entries()) {
      const input = new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
      const { logits } = await model.forward({
        input_ids: input,
        attention_mask: ones([1, ids.length]),
        ...whole[i].vision,
      });
      sums.push(ids.slice(shared).reduce((sum, id, j) => sum + logProbability(logits, shared + j - 1, id), 0));
    }
    scores.push(sums);
  }
  await model.dispose();
  return scores;
}

function sharedLength(sequences: readonly (readonly number[])[]): number {
  let length = 0;
  while (sequences.every((ids) => ids[length] === sequences[0][length])) length++;
  return length;
}

function logProbability({ data, dims }: { data: Float32Array; dims: number[] }, row: number, token: number): number {
  const logits = data.subarray(row * dims[2], (row + 1) * dims[2]);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit), 0);
  return logits[token] - Math.log(sum);
}
