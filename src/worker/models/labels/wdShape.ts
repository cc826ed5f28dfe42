import type { InferenceSession } from 'onnxruntime-node';
import type { ImageProcessing } from '../encoders/imageProcessing';
import { wholeSize } from '../wholeSize';
import type { Signature } from '../own/ownSignature';

/** White, as what lies under transparent parts. */
const WHITE = [255, 255, 255];

/**
 * What WD taggers see of an image: in the middle of a white square, resized (bicubic), blue, green and red of each pixel
 * one after the other, as they are, 0 to 255. So SmilingWolf's own code prepares them.
 * @param side of the square, in pixels
 */
export function wdProcessing(side: number): ImageProcessing {
  return {
    ...{ size: { width: side, height: side }, crop: null, pad: WHITE, kernel: 'bicubic' },
    ...{ rescale: 1, mean: [0, 0, 0], std: [1, 1, 1], bgr: true, channelsLast: true },
  };
}

/** How a graph of WD taggers is fed and read: [N, side, side, 3] to [N, labels]. Null for a graph of another form. */
export function wdShape({
  inputMetadata,
  outputMetadata,
}: Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>): {
  readonly signature: Signature;
  readonly processing: ImageProcessing;
} | null {
  const [input] = inputMetadata;
  const [output] = outputMetadata;
  if (!input.isTensor || !output.isTensor || input.shape.length !== 4) return null;
  const [batch, height, width, channels] = input.shape;
  if (channels !== 3 || typeof height !== 'number' || height < 1 || height !== width) return null;
  if ((wholeSize(batch) ?? 1) !== 1) return null;
  return {
    signature: {
      ...{ input: input.name, inputType: 'float32', output: output.name },
      isBatchFree: wholeSize(batch) === null,
      length: wholeSize(output.shape[output.shape.length - 1]),
    },
    processing: wdProcessing(height),
  };
}
