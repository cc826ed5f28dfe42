import type { OwnModel } from '../../../protocol/ownModel';
import type { ImageProcessing } from '../encoders/imageProcessing';

/** How images are prepared for a person's own model, by its `model.json`. */
export function ownProcessing({ input, normalization }: OwnModel): ImageProcessing {
  const [width, height] = input.size;
  const { resize, shortestEdge = Math.max(width, height), padColor } = input;
  return {
    size: resize === 'crop' ? { shortestEdge } : { width, height },
    crop: resize === 'crop' ? { width, height } : null,
    pad: resize === 'pad' ? [1, 3, 5].map((at) => Number.parseInt(padColor.slice(at, at + 2), 16)) : null,
    kernel: input.interpolation,
    rescale: normalization.scale,
    mean: normalization.mean,
    std: normalization.std,
    bgr: input.colorOrder === 'BGR',
    channelsLast: input.layout === 'NHWC',
  };
}
