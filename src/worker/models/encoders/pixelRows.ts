import type { Raster } from '../../image/raster';
import type { ImageProcessing } from './imageProcessing';
import { pixelValues } from './pixelValues';

/** What `pixelValues` makes of images that give as many values each, one after the other. */
export function pixelRows(images: readonly Raster[], processing: ImageProcessing): Float32Array {
  const first = pixelValues(images[0], processing);
  if (images.length === 1) return first;
  const pixels = new Float32Array(images.length * first.length);
  pixels.set(first);
  for (let i = 1; i < images.length; i++) pixels.set(pixelValues(images[i], processing), i * first.length);
  return pixels;
}
