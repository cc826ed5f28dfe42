import type { Raster } from '../../image/raster';
import type { Size } from '../encoders/imageProcessing';
import { pixelValues } from '../encoders/pixelValues';
import type { ImageSettings, PatchSettings } from './imageSettings';

/** What a vision encoder takes of one image. */
export interface VisionInputs {
  readonly pixels: Float32Array;
  readonly dims: readonly number[];
  /** Of a list of patches: frames, rows and columns of the grid they come from. */
  readonly grid: readonly [frames: number, rows: number, columns: number] | null;
}

/** Resizes and normalises an image as the model's own processor does. */
export function visionInputs(image: Raster, settings: ImageSettings): VisionInputs {
  const { processing } = settings;
  if (settings.pixels === 'patches') {
    const size = patchedSize(image, settings.patches);
    return toPatches(pixelValues(image, { ...processing, size }), size, settings.patches);
  }
  const pixels = pixelValues(image, processing);
  const { size } = processing;
  const plane = size && 'width' in size ? [size.height, size.width] : [image.height, image.width];
  return { pixels, dims: settings.pixels === 'tile' ? [1, 1, 3, ...plane] : [1, 3, ...plane], grid: null };
}

/** The grid of the image's tokens, for models that place them by row and column. */
export function tokenGrid({ grid }: VisionInputs, settings: ImageSettings): { rows: number; columns: number } | null {
  if (grid === null || settings.pixels !== 'patches') return null;
  const { merge } = settings.patches;
  return { rows: grid[1] / merge, columns: grid[2] / merge };
}

/**
 * The size an image is resized to: multiples of the side of a token, about its aspect, between the fewest and the most
 * pixels. `smart_resize` of Qwen2-VL's processor.
 */
export function patchedSize({ width, height }: Size, { patch, merge, minPixels, maxPixels }: PatchSettings): Size {
  const side = patch * merge;
  const fit = (scale: number, round: (x: number) => number) => ({
    width: Math.max(side, round((width * scale) / side) * side),
    height: Math.max(side, round((height * scale) / side) * side),
  });
  const near = fit(1, roundHalfToEven);
  const pixels = near.width * near.height;
  if (pixels > maxPixels) return fit(Math.sqrt(maxPixels / (width * height)), Math.floor);
  if (pixels < minPixels) return fit(Math.sqrt(minPixels / (width * height)), Math.ceil);
  return near;
}

/**
 * Planes cut into patches, a row each with all channels and frames of it; patches that make one token are neighbours.
 */
function toPatches(
  planes: Float32Array,
  { width, height }: Size,
  { patch, merge, frames }: PatchSettings,
): VisionInputs {
  const rows = height / patch;
  const columns = width / patch;
  const length = 3 * frames * patch * patch;
  const pixels = new Float32Array(rows * columns * length);
  let to = 0;
  const copy = (row: number, column: number) => {
    for (let channel = 0; channel < 3; channel++) {
      for (let frame = 0; frame < frames; frame++) {
        for (let y = 0; y < patch; y++, to += patch) {
          const from = (channel * height + row * patch + y) * width + column * patch;
          pixels.set(planes.subarray(from, from + patch), to);
        }
      }
    }
  };
  for (let row = 0; row < rows; row += merge) {
    for (let column = 0; column < columns; column += merge) {
      for (let i = 0; i < merge * merge; i++) copy(row + Math.floor(i / merge), column + (i % merge));
    }
  }
  return { pixels, dims: [rows * columns, length], grid: [1, rows, columns] };
}

/** As Python rounds. */
function roundHalfToEven(x: number): number {
  const floor = Math.floor(x);
  return x - floor === 0.5 ? floor + (floor % 2) : Math.round(x);
}
