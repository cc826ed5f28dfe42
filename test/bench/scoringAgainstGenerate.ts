import { resolve } from 'node:path';
import { AutoModelForImageTextToText, Tensor, ones } from '@huggingface/transformers';
import type { ModelQuestions, ModelRequest } from '../../src/protocol/workerApi';
import type { Raster } from '../../src/worker/image/raster';
import { loadVisionLanguageModel } from '../../src/worker/models/visionLanguage';
import { layoutOf } from '../../src/worker/models/visionLanguage/familyLayout';
import { SESSION_OPTIONS, loadParts } from '../../src/worker/models/visionLanguage/loadParts';
import { promptFor, questionOf } from '../../src/worker/models/visionLanguage/promptText';
import { visionInputs } from '../../src/worker/models/visionLanguage/visionInputs';
import { countRuns } from '../fixtures/models/countRuns';
import { writeReplica } from '../fixtures/models/modelFolder';
import type { ReplicaOptions } from '../fixtures/models/visionLanguageReplica';
import { VISION_LANGUAGE_REPLICAS, visionLanguageWeights } from '../fixtures/models/visionLanguageReplicas';
import { alternate } from './alternate';
import type { BenchmarkResult } from './benchmark';

/** What a question answered by `generate` gets room for. */
const NEW_TOKENS = 4;

type Layout = 'moondream1' | 'idefics3';

/**
 * Random weights. Moondream's has about the real balance of vision tower, prompt and single token; SmolVLM's vision tower
 * is heavier, against its decoder, than that of the real 256M.
 */
const SIZES: Readonly<Record<Layout, ReplicaOptions>> = {
  moondream1: {
    ...{ hidden: 768, layers: 4, heads: 12, vocabulary: 4096 },
    ...{ visionWidth: 512, visionLayers: 6, visionHeads: 8 },
  },
  idefics3: {
    ...{ hidden: 256, layers: 4, heads: 4, kvHeads: 2, vocabulary: 4096 },
    ...{ visionWidth: 768, visionLayers: 6, visionHeads: 12 },
  },
};

const IMAGE_TOKENS: Readonly<Record<Layout, number>> = { moondream1: 729, idefics3: 64 };

const ASKED = {
  'Is it day or night?': ['day', 'night'],
  'Where is this?': ['indoor', 'outdoor', 'none of these'],
  'Are there people?': ['yes', 'no'],
  'What is the weather?': ['sunny', 'cloudy', 'rain', 'snow'],
  'What is it?': ['photo', 'drawing', 'screenshot'],
};

const QUESTIONS: ModelQuestions = {
  dimensions: Object.entries(ASKED).map(([question, answers]) => ({
    name: question,
    question,
    answers: answers.map((text) => ({ tag: text, text, prompts: [text] })),
  })),
  freeTags: 0,
  caption: false,
  vector: false,
};

/** CPU time of our scoring ÷ of `generate`, called for each question, on a replica in that layout. */
export async function againstGenerate(layout: Layout): Promise<BenchmarkResult> {
  const folder = writeReplica(VISION_LANGUAGE_REPLICAS[layout](SIZES[layout]), resolve('out', 'bench-models'), ['']);
  const weights = visionLanguageWeights(layout);
  const request: ModelRequest = { name: layout, weights, folder, dtype: 'fp32', device: 'cpu' };
  const image = drawImage(640, 480);
  const model = await loadVisionLanguageModel(request);
  const ours = () => model.ask(image, QUESTIONS);
  const theirs = await generator(request, layout, image);
  const [first, second] = [await countRuns(ours), await countRuns(theirs)]; // and warmed up
  const result = await alternate(
    () => cpuMilliseconds(ours),
    () => cpuMilliseconds(theirs),
    'CPU ms an image',
  );
  await model.dispose();
  return { ...result, note: `vision passes ${first.vision} against ${second.vision}` };
}

/** The naive way: for each question the image is prepared and `generate` answers. Our resizing, which costs less. */
async function generator(request: ModelRequest, layout: Layout, image: Raster): Promise<() => Promise<void>> {
  const family = layoutOf(layout);
  const { encode, image: settings } = await loadParts(request, family);
  const model = await AutoModelForImageTextToText.from_pretrained(request.folder, {
    dtype: 'fp32',
    device: 'cpu',
    session_options: SESSION_OPTIONS,
  });
  return async () => {
    for (const dimension of QUESTIONS.dimensions) {
      const expanded = family.imageToken.repeat(IMAGE_TOKENS[layout]);
      const ids = encode(promptFor(questionOf(dimension), family).replace(family.imageToken, expanded));
      const { pixels, dims } = visionInputs(image, settings);
      await model.generate({
        input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
        attention_mask: ones([1, ids.length]),
        pixel_values: new Tensor('float32', pixels, [...dims]),
        ...(layout === 'idefics3' ? { pixel_attention_mask: wholeMask([...dims.slice(0, 2), ...dims.slice(3)]) } : {}),
        do_sample: false,
        max_new_tokens: NEW_TOKENS,
        eos_token_id: -1, // random weights end anywhere
      });
    }
  };
}

function wholeMask(dims: number[]): Tensor {
  return new Tensor('bool', new Uint8Array(dims.reduce((product, size) => product * size, 1)).fill(1), dims);
}

async function cpuMilliseconds(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function drawImage(width: number, height: number): Raster {
  return { data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37 + (i >> 9)) & 255), width, height };
}
