import * as v from 'valibot';
import type { Kernel } from '../../image/resampleTaps';

/** How images become a model's input, as its preprocessor_config.json says it. */
export interface ImageProcessing {
  /** The short side, the other following; or both sides, whatever the aspect; or null for images as they are. */
  readonly size: { readonly shortestEdge: number } | Size | null;
  /** Cut out of the middle after that; black fills up what is smaller. */
  readonly crop: Size | null;
  /**
   * The colour (red, green, blue, 0 to 255) of a border that gives an image the aspect of `size`, with the image in its
   * middle, before it is resized to that; or null.
   */
  readonly pad: readonly number[] | null;
  readonly kernel: Kernel;
  /** What 0–255 is multiplied by. */
  readonly rescale: number;
  /** Subtracted from and divided by after that, in the order of the channels. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Blue first. */
  readonly bgr: boolean;
  /** The channels of a pixel one after the other, instead of a plane each. */
  readonly channelsLast: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(8192));
const rectangle = v.object({ height: side, width: side });
const channels = v.pipe(v.array(v.number()), v.length(3));
const flag = v.nullish(v.boolean());

const Config = v.object({
  do_resize: flag,
  size: v.nullish(v.union([side, rectangle, v.object({ shortest_edge: side })])),
  do_center_crop: flag,
  crop_size: v.nullish(v.union([side, rectangle])),
  resample: v.nullish(v.picklist([1, 2, 3])),
  do_rescale: flag,
  rescale_factor: v.nullish(v.number()),
  do_normalize: flag,
  image_mean: v.nullish(channels),
  image_std: v.nullish(channels),
});

const KERNELS: Readonly<Record<1 | 2 | 3, Kernel>> = { 1: 'lanczos', 2: 'bilinear', 3: 'bicubic' };

/**
 * Reads the content of a preprocessor_config.json; a value of `overrides` (the manifest's) counts more than the file's.
 * A plain number as size is the short side, as for CLIP's processor. What a file leaves out is as in those processors
 * that leave it out: bilinear, rescaled by 1/255.
 * @throws ValiError that names the field for a file that says something else, such as another kernel.
 */
export function readImageProcessing(
  config: object,
  overrides: Readonly<Record<string, unknown>> = {},
): ImageProcessing {
  const given = v.parse(Config, { ...config, ...overrides });
  const normalize = given.do_normalize !== false && given.image_mean && given.image_std;
  return {
    size: given.do_resize === false || !given.size ? null : sizeOf(given.size),
    crop: given.do_center_crop === true && given.crop_size ? rectangleOf(given.crop_size) : null,
    pad: null,
    kernel: KERNELS[given.resample ?? 2],
    rescale: given.do_rescale === false ? 1 : (given.rescale_factor ?? 1 / 255),
    mean: normalize ? given.image_mean! : [0, 0, 0],
    std: normalize ? given.image_std! : [1, 1, 1],
    ...{ bgr: false, channelsLast: false },
  };
}

/**
 * The size that an image is resized to, without its border and before the crop: the long side is rounded down, as
 * Transformers does.
 */
export function resizedSize({ size, pad }: ImageProcessing, { width, height }: Size): Size {
  if (size === null) return { width, height };
  if (!('shortestEdge' in size)) {
    if (pad === null) return size;
    const scale = Math.min(size.width / width, size.height / height);
    const fitted = (length: number) => Math.max(1, Math.round(scale * length));
    return { width: fitted(width), height: fitted(height) };
  }
  const long = Math.floor((size.shortestEdge * Math.max(width, height)) / Math.min(width, height));
  return width <= height ? { width: size.shortestEdge, height: long } : { width: long, height: size.shortestEdge };
}

/** The size of what goes into the model for an image of this size. */
export function inputSize(processing: ImageProcessing, image: Size): Size {
  const { crop, size, pad } = processing;
  if (pad !== null && size !== null && !('shortestEdge' in size)) return size;
  return crop ?? resizedSize(processing, image);
}

function sizeOf(size: number | Size | { shortest_edge: number }): ImageProcessing['size'] {
  if (typeof size === 'number') return { shortestEdge: size };
  return 'shortest_edge' in size ? { shortestEdge: size.shortest_edge } : { width: size.width, height: size.height };
}

function rectangleOf(size: number | Size): Size {
  return typeof size === 'number' ? { width: size, height: size } : { width: size.width, height: size.height };
}
