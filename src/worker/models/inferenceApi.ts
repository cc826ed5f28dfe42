import * as v from 'valibot';
import { ModelFamily } from '../../protocol/modelManifest';
import { OwnModel } from '../../protocol/ownModel';
import type { Contract } from '../../protocol/rpc';
import { float32Array, uint8Array } from '../../protocol/typedArrays';
import { Device, ModelQuestions, ModelRequest, Prediction } from '../../protocol/workerApi';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const size = v.object({ width: count, height: count });
const raster = v.object({ data: uint8Array, width: count, height: count });

/** An ONNX file and how to run it. */
export const GraphRequest = v.object({
  family: ModelFamily,
  /** Absolute path. */
  file: v.string(),
  device: Device,
  /** Processors that one pass may use. */
  threads: v.pipe(count, v.minValue(1)),
  /** Of a person's own model: what its `model.json` says. */
  own: v.optional(OwnModel),
});
export type GraphRequest = v.InferOutput<typeof GraphRequest>;

/** `ImageProcessing`, as it is sent. */
const processing = v.object({
  size: v.nullable(v.union([v.object({ shortestEdge: count }), size])),
  crop: v.nullable(size),
  pad: v.nullable(v.pipe(v.array(v.number()), v.readonly())),
  kernel: v.picklist(['lanczos', 'bilinear', 'bicubic']),
  rescale: v.number(),
  mean: v.pipe(v.array(v.number()), v.readonly()),
  std: v.pipe(v.array(v.number()), v.readonly()),
  bgr: v.boolean(),
  channelsLast: v.boolean(),
});

/**
 * What an inference thread offers to the worker's main thread. A thread holds one model. While a pass runs it hears
 * nothing: calls and cancellations wait for its end.
 */
export const inferenceApi = {
  /** Loads the graph that turns images into vectors. Rejects with UserError `model-unusable`, or as ONNX Runtime does. */
  loadImageEncoder: {
    params: v.object({ graph: GraphRequest, processing }),
    result: v.object({ isBatchFree: v.boolean() }),
  },
  /** Row-major vectors of unit length. All images give as many pixel values. */
  embedImages: { params: v.object({ images: v.array(raster) }), result: float32Array },
  /** The same of pixel values made elsewhere: `count` times 3 planes. */
  embedPixels: { params: v.object({ pixels: float32Array, count, size }), result: float32Array },
  /** Row-major vectors of unit length. The text encoder is loaded for this and let go again. */
  embedTexts: {
    params: v.object({ graph: GraphRequest, folder: v.string(), texts: v.array(v.string()) }),
    result: v.object({ vectors: float32Array, length: count }),
  },
  /** Loads the graph of a tagger with labels of its own. Rejects as `loadImageEncoder` does. */
  loadLabeler: {
    params: v.object({ graph: GraphRequest }),
    result: v.object({ processing, isBatchFree: v.boolean(), labels: v.nullable(count) }),
  },
  /** What the graph says, row-major: one row an image, one column a label. */
  label: { params: v.object({ images: v.array(raster) }), result: float32Array },
  loadVisionLanguage: { params: ModelRequest, result: v.null() },
  ask: {
    params: v.object({ image: raster, questions: ModelQuestions }),
    result: v.object({ predictions: v.array(Prediction), caption: v.nullable(v.string()) }),
  },
  /** Gives everything back that is loaded. */
  release: { params: v.null(), result: v.null() },
} as const satisfies Contract;

export type InferenceApi = typeof inferenceApi;

/** Inference threads call nothing on the main thread. */
export const inferenceHostApi = {} as const satisfies Contract;
