import * as v from 'valibot';
import { MapSettings, MapStep } from './mapSettings';
import { ModelWeights } from './modelManifest';
import type { Contract } from './rpc';
import { float32Array, uint32Array, uint8Array } from './typedArrays';
import { vectorIndexApi } from './vectorIndexApi';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const sampleId = v.pipe(v.number(), v.integer(), v.minValue(1));
const confidence = v.pipe(v.number(), v.minValue(0), v.maxValue(100));

/** Length of the "visual look" descriptor, before the per-dataset PCA. */
export const DESCRIPTOR_LENGTH = 904;
/** Length of the "visual look" embedding, after it (shorter when the dataset has fewer images). */
export const VISUAL_LOOK_LENGTH = 256;

/**
 * Why one image could not be used. `unreadable` may pass (permissions, a vanished disk); what is wrong with its content
 * stays. `inference-failed` and `model-crash` lie between a provider and the image: another one may answer. So do, of
 * remote providers, `bad-answer` (one that is not in the vocabulary) and `request-refused`.
 */
export const FailureCode = v.picklist([
  ...['unreadable', 'not-an-image', 'damaged', 'too-large', 'decoder-crash'],
  ...['inference-failed', 'model-crash', 'bad-answer', 'request-refused'],
] as const);
export type FailureCode = v.InferOutput<typeof FailureCode>;

const Failure = v.object({ ok: v.literal(false), id: sampleId, code: FailureCode, message: v.string() });
export type Failure = v.InferOutput<typeof Failure>;

/** What the first bytes of a file say, without decoding pixels. Width and height as displayed, after EXIF rotation. */
export const Header = v.object({
  ok: v.literal(true),
  id: sampleId,
  width: count,
  height: count,
  format: v.string(),
  /** EXIF DateTimeOriginal as ISO 8601 without zone, when there is one. */
  capturedAt: v.nullable(v.string()),
  /** EXIF make and model, when there are. */
  camera: v.nullable(v.string()),
});
export type Header = v.InferOutput<typeof Header>;

/** Numbers behind the built-in tags; null where the image is too small or too plain to measure. */
export const Measures = v.object({
  /** 0 (black) to 100 (white): .5 mean + .25 median + .25 95th percentile of L*. */
  lightness: v.number(),
  /** Edge contrast at full size over half size; about 1.15 when sharp, .5 at the limit of blur. */
  sharpness: v.nullable(v.number()),
  /** 5th percentile of the local noise sigma, in 8-bit levels. */
  noise: v.nullable(v.number()),
  /** Entropy of the luma histogram, 0 to 8 bits. */
  entropy: v.number(),
  /** Mean difference of the largest and smallest channel, 0 to 255. */
  chroma: v.number(),
  /** Share of pixels with all channels at 250 or above, 0 to 1. */
  overexposed: v.number(),
});
export type Measures = v.InferOutput<typeof Measures>;

export const Prediction = v.object({ dimension: v.string(), tag: v.string(), score: confidence });
/** What a provider said of one image: score is its raw confidence, 0 to 100. */
export type Prediction = v.InferOutput<typeof Prediction>;

export const Analysis = v.object({
  ok: v.literal(true),
  id: sampleId,
  /** Lower-case hex SHA-256 of the file's bytes. */
  contentHash: v.string(),
  size: count,
  mtimeMs: v.number(),
  width: count,
  height: count,
  format: v.string(),
  measures: Measures,
  /** 64-bit DCT hash, 16 hex digits. */
  perceptualHash: v.string(),
  /** Empty when no provider was asked for. */
  predictions: v.array(Prediction),
  /** `DESCRIPTOR_LENGTH` numbers when the embedder was asked for. */
  descriptor: v.nullable(float32Array),
});
export type Analysis = v.InferOutput<typeof Analysis>;

export const AnalyzeRequest = v.object({
  items: v.array(
    v.object({
      id: sampleId,
      /** Absolute path of the image, only ever read. */
      path: v.string(),
      /** Absolute path to write the JPEG thumbnail to (fit inside 256 × 256), or null for none. */
      thumbnail: v.nullable(v.string()),
    }),
  ),
  /** Name of the provider that tags, or null. */
  provider: v.nullable(v.string()),
  /** Name of the embedder, or null. */
  embedder: v.nullable(v.string()),
});
export type AnalyzeRequest = v.InferOutput<typeof AnalyzeRequest>;

/**
 * A fitted embedding: `embedding[j] = scale[j] · Σ components[j·inputLength + i] · (x[i] − mean[i])` for the first
 * `outputLength` rows of `components`. 256 more rows follow, whose sums are taken for their signs: the sign code.
 */
export const Basis = v.object({
  inputLength: count,
  outputLength: count,
  mean: float32Array,
  components: float32Array,
  scale: float32Array,
});
export type Basis = v.InferOutput<typeof Basis>;

export const ProjectionProgress = v.object({
  step: MapStep,
  /** 0 to 1 within the step. */
  fraction: v.number(),
});

/** A map to lay out. Its vectors are a file, which is also where stages leave what a later call goes on from. */
export const MapRequest = v.object({
  /** Absolute path of a folder that belongs to this request alone: its vectors, settings and seed. */
  folder: v.string(),
  count,
  /** Numbers of a vector. */
  length: count,
  ...MapSettings.entries,
  seed: count,
});
export type MapRequest = v.InferOutput<typeof MapRequest>;

/** A search for alike vectors, which are a file as in a `MapRequest`. */
export const AlikeRequest = v.object({
  folder: v.string(),
  count,
  /** Numbers of a vector. */
  length: count,
  /** The cosine from which on two are alike. */
  least: v.pipe(v.number(), v.minValue(-1), v.maxValue(1)),
});
export type AlikeRequest = v.InferOutput<typeof AlikeRequest>;

/** Name of the file in the folder of a `MapRequest` that holds its row-major vectors: bare little-endian float32. */
export const VECTORS_FILE = 'vectors';

/** Where a model may run. `gpu` is resolved to one of these by whoever asks. */
export const Device = v.picklist(['cpu', 'cuda', 'webgpu', 'dml', 'coreml']);
export type Device = v.InferOutput<typeof Device>;

/** A model on this machine's disk, complete and verified, and how to run it. */
export const ModelRequest = v.object({
  /** The manifest's name. */
  name: v.string(),
  weights: ModelWeights,
  /** Absolute path of the folder with its files. */
  folder: v.string(),
  /** Of one of the manifest's variants. */
  dtype: v.string(),
  device: Device,
});
export type ModelRequest = v.InferOutput<typeof ModelRequest>;

export { NO_ANSWER } from './vocabulary';

/**
 * One question with its closed set of answers, in the words that models are asked in; without answers, labels of the
 * model's own.
 */
export const AskedDimension = v.object({
  name: v.string(),
  /** For models that read: "What is the weather?" */
  question: v.string(),
  answers: v.array(
    v.object({
      /** `NO_ANSWER` for the one that stores no tag. */
      tag: v.string(),
      /** The word a vision-language model says. */
      text: v.string(),
      /** What zero-shot models compare the image with; several are averaged. */
      prompts: v.pipe(v.array(v.string()), v.minLength(1)),
    }),
  ),
});
export type AskedDimension = v.InferOutput<typeof AskedDimension>;

export const ModelQuestions = v.object({
  dimensions: v.array(AskedDimension),
  /** At most so many free tags an image; 0 for none. */
  freeTags: count,
  caption: v.boolean(),
  /** Whether the image's vector is wanted. */
  vector: v.boolean(),
});
export type ModelQuestions = v.InferOutput<typeof ModelQuestions>;

export const ModelAnswer = v.object({
  ok: v.literal(true),
  id: sampleId,
  /**
   * Every answer of every dimension with its confidence (they add up to 100 in a dimension), and free tags. Of a model
   * with labels of its own, those that are not quite unlikely, each with a confidence by itself.
   */
  predictions: v.array(Prediction),
  caption: v.nullable(v.string()),
  /** Of unit length. */
  vector: v.nullable(float32Array),
});
export type ModelAnswer = v.InferOutput<typeof ModelAnswer>;

export const LoadedModel = v.object({
  /** What it really runs on: the CPU where the device asked for has failed. */
  device: Device,
  dtype: v.string(),
  /** Why it is not the device or the dtype asked for, in words, or null. */
  fallback: v.nullable(v.string()),
});
export type LoadedModel = v.InferOutput<typeof LoadedModel>;

/** What a model says of one image when a person tries it. Nothing of it is kept. */
export const TriedImage = v.object({
  ok: v.literal(true),
  id: sampleId,
  /** As displayed, in pixels. */
  width: count,
  height: count,
  /** Size of what went into the model. */
  seen: v.object({ width: count, height: count }),
  /** The likeliest first, however unlikely. */
  labels: v.array(v.object({ label: v.string(), score: confidence })),
  /** Of a model that embeds, else null. */
  vectorLength: v.nullable(count),
});
export type TriedImage = v.InferOutput<typeof TriedImage>;

/**
 * What a copy can have been through that leaves its pixels alone: mirrored left to right or top to bottom, turned
 * clockwise by 90, 180 or 270 degrees, or mirrored at one of the diagonals.
 */
export const Transform = v.picklist([
  ...['mirrored', 'flipped', 'turned-90', 'turned-180', 'turned-270', 'transposed', 'transversed'],
] as const);
export type Transform = v.InferOutput<typeof Transform>;

/** What the worker process offers. Calls can be cancelled; a cancelled call rejects within a second. */
export const workerApi = {
  /** Headers of many files. One entry a path, in order. */
  readHeaders: {
    params: v.object({ items: v.array(v.object({ id: sampleId, path: v.string() })) }),
    result: v.array(v.variant('ok', [Header, Failure])),
  },
  /** Hex SHA-256 of many files; null where a file cannot be read. */
  hashFiles: {
    params: v.object({ paths: v.array(v.string()) }),
    result: v.array(v.nullable(v.string())),
  },
  /**
   * One decode of each image feeds everything asked for. One entry an item, in order. `progress` carries the id of an
   * image right before its decoder starts, so that a crash can be laid to the images then in flight.
   */
  analyze: {
    params: AnalyzeRequest,
    result: v.array(v.variant('ok', [Analysis, Failure])),
    progress: v.object({ started: sampleId }),
  },
  /** Fits the embedding's PCA on `count` row-major descriptors. Seeded: the same input gives the same basis. */
  fitBasis: {
    params: v.object({ descriptors: float32Array, count, seed: count }),
    result: Basis,
  },
  /** Embeds `count` row-major descriptors: unit vectors, and the 32-byte sign codes of near-duplicate search. */
  embed: {
    params: v.object({ basis: Basis, descriptors: float32Array, count }),
    result: v.object({ vectors: float32Array, signCodes: uint8Array }),
  },
  /** Pairs (i, j), i < j, flattened, of `count` 32-byte sign codes within the Hamming distance. */
  nearDuplicates: {
    params: v.object({ signCodes: uint8Array, count, maxDistance: count }),
    result: v.object({ pairs: uint32Array, distances: uint8Array }),
  },
  /** The sign codes that the images of `count` row-major descriptors would have if they were mirrored or turned. */
  transformedCodes: {
    params: v.object({ basis: Basis, descriptors: float32Array, count, transform: Transform }),
    result: uint8Array,
  },
  /**
   * Pairs (i, j), i ≠ j, flattened, of `count` 32-byte codes: query i, those of the images mirrored or turned, and code j
   * within the Hamming distance.
   */
  nearTransformed: {
    params: v.object({ queries: uint8Array, signCodes: uint8Array, count, maxDistance: count }),
    result: v.object({ pairs: uint32Array, distances: uint8Array }),
  },
  /**
   * Pairs (i, j), i < j, flattened, of `count` images whose perceptual hashes, two words each, and 32-byte sign codes are
   * within these distances; with the distances of the hashes.
   */
  nearHashes: {
    params: v.object({
      hashes: uint32Array,
      signCodes: uint8Array,
      count,
      maxDistance: v.pipe(count, v.maxValue(7)),
      minCodeDistance: count,
      maxCodeDistance: count,
    }),
    result: v.object({ pairs: uint32Array, distances: uint8Array }),
  },
  /** Pairs (i, j), i < j, flattened, of vectors that are alike, with their cosines. */
  alikeVectors: {
    params: AlikeRequest,
    result: v.object({ pairs: uint32Array, cosines: float32Array }),
    progress: v.object({ fraction: v.number() }),
  },
  /**
   * How far each of `count` row-major unit vectors is from those nearest to it: the mean cosine distance (0 to 2) to at
   * most `neighbors` of them. Exact up to 3,000 vectors. Seeded.
   */
  neighborDistances: {
    params: v.object({ vectors: float32Array, count, neighbors: v.pipe(count, v.minValue(1), v.maxValue(100)) }),
    result: float32Array,
    progress: v.object({ fraction: v.number() }),
  },
  /** The first two principal components of the vectors, x0, y0, x1, y1, …: what `project` starts from. */
  firstPicture: { params: MapRequest, result: float32Array, progress: ProjectionProgress },
  /** 2-D UMAP: x0, y0, x1, y1, … Seeded. Goes on from what an earlier call has left in the folder. */
  project: { params: MapRequest, result: float32Array, progress: ProjectionProgress },
  /**
   * Places of new vectors on a map that stays as it is, by where those that are like them lie. `xy` has the places on
   * the map, in the order of the vectors, and NaN for those that have none yet; the result has the places of these.
   */
  place: {
    params: v.object({ ...MapRequest.entries, xy: float32Array }),
    result: float32Array,
    progress: ProjectionProgress,
  },
  /**
   * Loads a model, if it is not loaded yet, with others of the same worker kept or dropped as memory allows.
   * Rejects with UserError `model-unusable` (files that are missing or not what they should be) or `out-of-memory`.
   */
  loadModel: {
    params: ModelRequest,
    result: LoadedModel,
    progress: v.object({ stage: v.picklist(['reading', 'trying']), fraction: v.number() }),
  },
  /**
   * Asks a model about images, loading it first if need be. One entry an item, in order; `progress` as in `analyze`,
   * with the device when it has changed.
   */
  askModel: {
    params: v.object({
      model: ModelRequest,
      items: v.array(v.object({ id: sampleId, path: v.string() })),
      questions: ModelQuestions,
    }),
    result: v.object({ answers: v.array(v.variant('ok', [ModelAnswer, Failure])), loaded: LoadedModel }),
    progress: v.object({ started: sampleId }),
  },
  /** Has a model with labels of its own, or one that embeds, look at images for a person to see. As `askModel` else. */
  tryModel: {
    params: v.object({
      model: ModelRequest,
      items: v.array(v.object({ id: sampleId, path: v.string() })),
      /** Labels of an image at most. */
      labels: v.pipe(count, v.minValue(1)),
    }),
    result: v.object({ images: v.array(v.variant('ok', [TriedImage, Failure])), loaded: LoadedModel }),
  },
  /** Unit vectors, row-major, of texts in the space of the model's image vectors. */
  embedTexts: {
    params: v.object({ model: ModelRequest, texts: v.array(v.string()) }),
    result: v.object({ vectors: float32Array, length: count }),
  },
  /**
   * An image as remote providers get it: a JPEG of at most `longSide` pixels on its long side, upright, without EXIF and
   * any other metadata.
   */
  prepareToSend: {
    params: v.object({ id: sampleId, path: v.string(), longSide: v.pipe(count, v.minValue(1)) }),
    result: v.variant('ok', [v.object({ ok: v.literal(true), id: sampleId, jpeg: uint8Array }), Failure]),
  },
  ...vectorIndexApi,
  /** Gives the memory of all loaded models back. */
  unloadModels: { params: v.null(), result: v.null() },
  /** Memory and versions, for logs and tests. */
  status: {
    params: v.null(),
    result: v.object({ pid: count, rssBytes: count, versions: v.record(v.string(), v.string()) }),
  },
} as const satisfies Contract;

export type WorkerApi = typeof workerApi;

/** The worker calls nothing on its host. */
export const workerHostApi = {} as const satisfies Contract;
