import * as v from 'valibot';
import { readImageProcessing, type ImageProcessing } from '../encoders/imageProcessing';
import type { FamilyLayout } from './familyLayout';

/** How an image becomes what the vision encoder takes. */
export type ImageSettings =
  | { readonly pixels: 'square' | 'tile'; readonly processing: ImageProcessing }
  | { readonly pixels: 'patches'; readonly processing: ImageProcessing; readonly patches: PatchSettings };

export interface PatchSettings {
  /** Side of a patch in pixels. */
  readonly patch: number;
  /** So many by so many patches make one token. */
  readonly merge: number;
  /** Frames in a patch; of a picture they are equal. */
  readonly frames: number;
  /** Between how many pixels an image is resized. */
  readonly minPixels: number;
  readonly maxPixels: number;
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
const Tile = v.object({ max_image_size: v.object({ longest_edge: whole }) });
const Patches = v.object({
  patch_size: whole,
  merge_size: whole,
  temporal_patch_size: whole,
  min_pixels: v.optional(whole),
  max_pixels: v.optional(whole),
  size: v.optional(v.object({ shortest_edge: v.optional(whole), longest_edge: v.optional(whole) })),
});

/** 512 tokens of 28 × 28 pixels: enough to judge an image as a whole, and a quarter of the time of a large photo. */
const MOST_PIXELS = 512 * 28 * 28;
const FEWEST_PIXELS = 56 * 56;

/**
 * Reads the content of a preprocessor_config.json; what the manifest says (`own`) counts more. Tiles are not split:
 * the image is one. A list of patches is kept to 512 tokens unless the manifest gives another `max_pixels`.
 * @throws ValiError that names the field.
 */
export function readImageSettings(
  pixels: FamilyLayout['pixels'],
  config: object,
  own: Readonly<Record<string, unknown>> = {},
): ImageSettings {
  const all = { ...config, ...own };
  if (pixels === 'square') return { pixels, processing: readImageProcessing(all) };
  if (pixels === 'tile') {
    const side = v.parse(Tile, all).max_image_size.longest_edge;
    return { pixels, processing: readImageProcessing({ ...all, size: { width: side, height: side } }) };
  }
  const given = v.parse(Patches, all);
  const most = given.max_pixels ?? given.size?.longest_edge ?? MOST_PIXELS;
  const patches = {
    patch: given.patch_size,
    merge: given.merge_size,
    frames: given.temporal_patch_size,
    minPixels: given.min_pixels ?? given.size?.shortest_edge ?? FEWEST_PIXELS,
    maxPixels: 'max_pixels' in own ? most : Math.min(most, MOST_PIXELS),
  };
  return { pixels, processing: readImageProcessing({ ...all, size: null }), patches };
}
