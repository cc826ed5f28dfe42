import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskedDimension, ModelQuestions, ModelRequest } from '../../../src/protocol/workerApi';
import { NO_ANSWER } from '../../../src/protocol/workerApi';
import type { Raster } from '../../../src/worker/image/raster';
import { writeReplica } from '../../fixtures/models/modelFolder';
import type { ReplicaOptions } from '../../fixtures/models/visionLanguageReplica';
import {
  VISION_LANGUAGE_REPLICAS,
  visionLanguageWeights,
  type VisionLanguageFamily,
} from '../../fixtures/models/visionLanguageReplicas';

/** A folder for replicas that is gone after the suite. */
export function scratchModels(): { write: (family: VisionLanguageFamily, options?: ReplicaOptions) => ModelRequest } {
  let root: string | undefined;
  let written = 0;
  after(() => root && rmSync(root, { recursive: true, force: true }));
  return {
    write: (family, options = {}) => {
      root ??= mkdtempSync(join(tmpdir(), 'datavisor-models-'));
      const folder = writeReplica(VISION_LANGUAGE_REPLICAS[family](options), join(root, `${written++}`), ['']);
      return { name: `tiny-${family}`, weights: visionLanguageWeights(family), folder, dtype: 'fp32', device: 'cpu' };
    },
  };
}

/** An image that no processor has to resize. */
export const NATIVE_SIZE: Readonly<Record<VisionLanguageFamily, readonly [width: number, height: number]>> = {
  moondream1: [378, 378],
  idefics3: [512, 512],
  'qwen2-vl': [140, 84],
  'llava-onevision': [384, 384],
};

/** Stripes and speckles in all colours. */
export function drawImage(width: number, height: number): Raster {
  return { data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 37 + (i >> 9)) & 255), width, height };
}

const dimension = (name: string, question: string, ...texts: string[]): AskedDimension => ({
  name,
  question,
  answers: texts.map((text) => ({ tag: text, text, prompts: [text] })),
});

/** Five questions with fourteen answers: of one token and of several, beginning alike and not. */
export const DIMENSIONS: readonly AskedDimension[] = [
  dimension('time', 'Is it day or night?', 'day', 'night'),
  dimension('setting', 'Where is this?', 'indoor', 'outdoor', NO_ANSWER),
  dimension('people', 'Are there people?', 'yes', 'no'),
  dimension('weather', 'What is the weather?', 'sunny', 'sun', 'rain', 'snow'),
  dimension('kind', 'What is it?', 'photo', 'drawing', 'screenshot'),
];

export function ask(dimensions: readonly AskedDimension[], more: Partial<ModelQuestions> = {}): ModelQuestions {
  return { dimensions: [...dimensions], freeTags: 0, caption: false, vector: false, ...more };
}
