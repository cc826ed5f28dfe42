import * as v from 'valibot';

/** Sides of an input in pixels. */
const side = v.pipe(
  v.number(),
  v.integer('must be a whole number'),
  v.minValue(1, 'must be at least 1'),
  v.maxValue(4096, 'must be at most 4096'),
);
const text = v.pipe(v.string(), v.minLength(1, 'must not be empty'), v.maxLength(300, 'is longer than 300 characters'));
/** One number a channel. */
const channels = v.pipe(v.array(v.number()), v.length(3, 'must be three numbers, one a channel'));
/** A file in the model's folder, with slashes, that does not lead out of it. */
const path = v.pipe(
  v.string(),
  v.regex(
    /^(?!.*(^|\/)\.\.?(\/|$))[\w.-]+(\/[\w.-]+)*$/,
    'must be a file in the folder of model.json, written with letters, digits, ".", "_", "-" and "/" alone',
  ),
);

const OwnInput = v.strictObject({
  /** Of the graph's input; the only one by default. */
  name: v.optional(text),
  /** Order of the axes: images, channels, height, width; or channels last. */
  layout: v.picklist(['NCHW', 'NHWC']),
  colorOrder: v.optional(v.picklist(['RGB', 'BGR']), 'RGB'),
  /** Width and height. */
  size: v.pipe(v.array(side), v.length(2, 'must be [width, height]')),
  /** How an image gets this size: both sides as they must be; the middle cut out; all of it, with a border. */
  resize: v.picklist(['stretch', 'crop', 'pad']),
  /** With `crop`: what the shorter side is resized to before the cut; the longer side of `size` by default. */
  shortestEdge: v.optional(side),
  /** With `pad`: the colour of the border. */
  padColor: v.optional(
    v.pipe(v.string(), v.regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as "#ffffff"')),
    '#ffffff',
  ),
  interpolation: v.optional(v.picklist(['bilinear', 'bicubic', 'lanczos']), 'bilinear'),
});

const OwnNormalization = v.strictObject({
  /** What 0 to 255 is multiplied by. */
  scale: v.optional(
    v.pipe(
      v.number(),
      v.check((scale) => scale !== 0, 'must not be 0'),
    ),
    1 / 255,
  ),
  /** Subtracted after that, in the order of `colorOrder`. */
  mean: v.optional(channels, [0, 0, 0]),
  /** Divided by after that, in the same order. */
  std: v.optional(
    v.pipe(
      channels,
      v.check((all) => all.every((one) => one !== 0), 'must have no 0'),
    ),
    [1, 1, 1],
  ),
});

const OwnOutput = v.strictObject({
  /** Of the graph's output; the only one by default. */
  name: v.optional(text),
  /** What is still to be done to its numbers for them to be probabilities, 0 to 1. */
  activation: v.optional(v.picklist(['none', 'sigmoid', 'softmax']), 'none'),
  /** Of a model that embeds: how long its vectors are. */
  length: v.optional(v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(1, 'must be at least 1'))),
});

/**
 * A model of a person's own, as `.datavisor/models/NAME/model.json` in a dataset's folder describes it. The JSON schema
 * that editors go by is `media/own-model.schema.json`.
 */
export const OwnModel = v.strictObject({
  /** For editors. */
  $schema: v.optional(v.string()),
  title: v.optional(text),
  /** For people: what it is good for. */
  description: v.optional(text),
  licence: v.optional(text),
  task: v.picklist(['multi-label', 'single-label', 'embedding']),
  /** The ONNX file. */
  graph: v.pipe(path, v.endsWith('.onnx', 'must be a file whose name ends in ".onnx"')),
  input: OwnInput,
  normalization: v.optional(OwnNormalization, {}),
  output: v.optional(OwnOutput, {}),
  /** One label a line, or a CSV file with a column `name`; in the order of the output's numbers. */
  labels: v.optional(path),
  /** Least score, 0 to 100, at which a label becomes a tag, until the policy says another. */
  threshold: v.optional(
    v.pipe(v.number(), v.minValue(0, 'must be at least 0'), v.maxValue(100, 'must be at most 100')),
  ),
  /** What its labels answer; the model's name by default. */
  dimension: v.optional(text),
  /** Of the person's own counting. What the files contain counts besides. */
  revision: v.optional(text),
});
export type OwnModel = v.InferOutput<typeof OwnModel>;

/** Least score that makes a tag, where neither the file nor the policy says another. */
export const OWN_MODEL_THRESHOLD = 60;
