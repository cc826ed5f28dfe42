import * as v from 'valibot';
import { OwnModel } from './ownModel';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A path inside the model's folder, with slashes, that does not lead out of it. */
const filePath = v.pipe(v.string(), v.regex(/^(?!.*(^|\/)\.\.?(\/|$))[\w.-]+(\/[\w.-]+)*$/));

export const ModelFile = v.object({
  path: filePath,
  /** Bytes; null where nobody has seen the file yet. */
  size: v.nullable(count),
  /** Lower-case hex; null where it is not known: then what came first is remembered and checked ever after. */
  sha256: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
  /** The model works without it: it is taken where the repository has it. */
  optional: v.optional(v.boolean(), false),
});
export type ModelFile = v.InferOutput<typeof ModelFile>;

/**
 * How files are laid out and graphs are called. A new family is code; a new model of a known one is a manifest. `custom`:
 * a person's own model, of which `ModelWeights.own` says how it is run.
 */
export const ModelFamily = v.picklist([
  'clip',
  'siglip',
  'dinov2',
  'dinov3',
  'moondream1',
  'idefics3',
  'qwen2-vl',
  'llava-onevision',
  'wd',
  'custom',
]);
export type ModelFamily = v.InferOutput<typeof ModelFamily>;

export const ModelVariant = v.object({
  /** Of the whole, for people and for the command line: `q8`, `fp32`. */
  dtype: v.string(),
  /** What each graph is stored as, by its file's name without suffix: `{ "vision_model": "q8" }`. */
  graphs: v.record(v.string(), v.picklist(['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4'])),
  /** Beside the files that all variants need. */
  files: v.array(ModelFile),
  /** About how many bytes are downloaded in all, for a person to agree to. */
  approximateBytes: count,
  /** Devices it is made for; the first variant that names the device is taken. */
  devices: v.array(v.picklist(['cpu', 'gpu'])),
});
export type ModelVariant = v.InferOutput<typeof ModelVariant>;

/** What a model that comes as files can do. `labels`: it says labels of its own, whatever the vocabulary asks. */
export const ModelAbility = v.picklist([
  ...(['vocabulary', 'labels', 'free-tags', 'caption', 'embed-images', 'embed-texts'] as const),
]);
export type ModelAbility = v.InferOutput<typeof ModelAbility>;

export const ModelWeights = v.object({
  family: ModelFamily,
  abilities: v.array(ModelAbility),
  /** On the hub: `owner/name`. */
  repository: v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+$/)),
  /** Commit, tag or branch on the hub. */
  revision: v.pipe(v.string(), v.regex(/^[\w.-]+$/)),
  /** Needed by every variant: configuration, tokenizer. */
  files: v.array(ModelFile),
  /** The preferred one first. */
  variants: v.pipe(v.array(ModelVariant), v.minLength(1)),
  /** Zero-shot: logit = scale · cosine + bias. Vision-language models: log-probabilities are multiplied by scale. */
  scoring: v.optional(v.object({ scale: v.number(), bias: v.optional(v.number(), 0) }), { scale: 1 }),
  /** What images are turned into, where the model's own preprocessor_config.json does not say it or is not there. */
  preprocessing: v.optional(v.record(v.string(), v.unknown())),
  /**
   * The text around a question, where the family's own is not right: `{question}` stands for it, `{image}` for the image,
   * which comes before everything where it is not named.
   */
  prompt: v.optional(v.string()),
  /** Of the family `custom`: what its `model.json` says. */
  own: v.optional(OwnModel),
});
export type ModelWeights = v.InferOutput<typeof ModelWeights>;

export const ModelManifest = v.object({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9.-]*$/)),
  title: v.string(),
  /** Raised whenever the same image could be answered differently. */
  revision: v.string(),
  task: v.picklist(['tagging', 'embedding']),
  licence: v.string(),
  /** What it is good for and what not, for people. */
  goodFor: v.string(),
  notFor: v.string(),
  /** Tags it can give, by dimension. */
  labels: v.optional(v.record(v.string(), v.array(v.string())), {}),
  /** Numbers its decisions hang on; each provider knows its own. `tag`: least score (0 to 100) that makes a tag. */
  thresholds: v.optional(v.record(v.string(), v.number()), {}),
  /**
   * Of models with labels of their own: the dimensions that these are sorted into, each with the least score (0 to 100)
   * that makes a tag there.
   */
  labelThresholds: v.optional(v.record(v.string(), v.number())),
  /** Length of its vectors. */
  vectorLength: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Of models that come as files to download; the others are part of the program. */
  weights: v.optional(ModelWeights),
});
/** The manifest of a model: data in `models/NAME.json`, nothing executable. */
export type ModelManifest = v.InferOutput<typeof ModelManifest>;

/** @throws an error that names the field that is wrong. */
export function readManifest(json: unknown): ModelManifest {
  return v.parse(ModelManifest, json);
}
