import type { ModelFamily } from '../../../protocol/modelManifest';

/** The families of models that look at an image and read a question. */
export type VisionLanguageFamily = Extract<ModelFamily, 'moondream1' | 'idefics3' | 'qwen2-vl' | 'llava-onevision'>;

/** What the models of a family have in common and their files do not say. */
export interface FamilyLayout {
  /** Of a prompt: `{image}` and `{question}` stand for themselves. */
  readonly prompt: string;
  /** What `{image}` is in a prompt, with the image token in it once; it is repeated for every feature of the image. */
  readonly image: string;
  readonly imageToken: string;
  /** Between the prompt and an answer: a space where the model goes on in the same line. */
  readonly answerLead: string;
  /** Tokens that end an answer; the first is scored as its end. */
  readonly ends: readonly string[];
  /** How an image is fed: one square, one square among tiles, or a list of patches of an image of any shape. */
  readonly pixels: 'square' | 'tile' | 'patches';
}

const MOONDREAM: FamilyLayout = {
  prompt: '{image}\n\nQuestion: {question}\n\nAnswer:',
  image: '<image>',
  imageToken: '<image>',
  answerLead: ' ',
  ends: ['<|endoftext|>'],
  pixels: 'square',
};

const IDEFICS3: FamilyLayout = {
  prompt: '<|im_start|>User:{image}{question}<end_of_utterance>\nAssistant:',
  image: '<fake_token_around_image><global-img><image><fake_token_around_image>', // one tile, not split
  imageToken: '<image>',
  answerLead: ' ',
  ends: ['<end_of_utterance>'],
  pixels: 'tile',
};

const QWEN2_VL: FamilyLayout = {
  prompt:
    '<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n{image}{question}<|im_end|>\n<|im_start|>assistant\n',
  image: '<|vision_start|><|image_pad|><|vision_end|>',
  imageToken: '<|image_pad|>',
  answerLead: '',
  ends: ['<|im_end|>', '<|endoftext|>'],
  pixels: 'patches',
};

const LLAVA_ONEVISION: FamilyLayout = {
  prompt: '<|im_start|>user {image}\n{question}<|im_end|><|im_start|>assistant\n',
  image: '<image>',
  imageToken: '<image>',
  answerLead: '',
  ends: ['<|im_end|>', '<|endoftext|>'],
  pixels: 'square',
};

const LAYOUTS: Readonly<Record<VisionLanguageFamily, FamilyLayout>> = {
  moondream1: MOONDREAM,
  idefics3: IDEFICS3,
  'qwen2-vl': QWEN2_VL,
  'llava-onevision': LLAVA_ONEVISION,
};

/** Whether models of the family look and read, which is what `layoutOf` knows of. */
export function isVisionLanguage(family: ModelFamily): family is VisionLanguageFamily {
  return family in LAYOUTS;
}

export function layoutOf(family: VisionLanguageFamily): FamilyLayout {
  return LAYOUTS[family];
}
