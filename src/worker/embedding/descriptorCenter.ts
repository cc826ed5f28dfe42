import { VISUAL_LOOK_LAYOUT, VISUAL_LOOK_OFFSETS } from './visualLookLayout';
import type { DescriptorPart } from './visualLookLayout';

/** The mean of so many typical images is mixed into that of the dataset. */
const PRIOR_IMAGES = 20;

/**
 * The point from which descriptors are measured: the mean of the dataset, drawn towards a mean that is the same at
 * every place of the picture as long as there are few images. Between two images alone, the plain mean would put each
 * on the other side of it in every respect, however alike they are.
 */
export function descriptorCenter(mean: Float64Array, count: number): Float32Array {
  const everywhere = alikeAtEveryPlace(mean);
  return Float32Array.from(mean, (value, j) => (count * value + PRIOR_IMAGES * everywhere[j]) / (count + PRIOR_IMAGES));
}

/** Each number replaced by the mean of those that measure the same thing at other places of the picture. */
function alikeAtEveryPlace(mean: Float64Array): Float64Array {
  const result = Float64Array.from(mean);
  VISUAL_LOOK_LAYOUT.forEach((part, p) => {
    const start = VISUAL_LOOK_OFFSETS[p];
    const period = valuesPerPlace(part);
    for (let value = 0; value < period; value++) {
      let sum = 0;
      for (let k = value; k < part.length; k += period) sum += mean[start + k];
      for (let k = value; k < part.length; k += period) result[start + k] = (sum * period) / part.length;
    }
  });
  return result;
}

/** How many numbers one cell or third of the picture has in this part. */
function valuesPerPlace(part: DescriptorPart): number {
  const perPlace = { grid: 7, histogram: 31, orientation: 8, texture: 10, thumbnail: 3, global: part.length };
  return perPlace[part.block];
}
