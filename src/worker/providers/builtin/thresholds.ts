import * as v from 'valibot';

const number = v.number();

const BuiltinThresholds = v.object({
  /** Overall lightness from which an image is dim, normal, bright; below the first it is dark. */
  dimFrom: number,
  normalFrom: number,
  brightFrom: number,
  /** Noise score above which an image is noisy, and above which it is not called sharp any more. */
  noisyAbove: number,
  grainyAbove: number,
  /** Levels of noise above which an image is noisy if it averages out and varies less than the next two say. */
  noisyFloorAbove: number,
  noisyWhiteBelow: number,
  noisyWhiteUnevenBelow: number,
  /** With less noise, an image is only noisy when its noise varies and clumps less than this: fur, foliage and gravel vary more. */
  noisyUnevenBelow: number,
  noisyCoarseBelow: number,
  /** Edge ratio below which an image is blurry; the second where one direction is much softer than another. */
  blurryBelow: number,
  motionBelow: number,
  /** Softest direction over steepest direction, below which blur has a direction. */
  motionAnisotropy: number,
  /** With edges this steep anywhere, an image has something in focus. */
  blurryBestBelow: number,
  /** Edge ratio at half size below which an image without edges at full size is blurry. */
  heavyBelow: number,
  /** Edge ratio, its best, and the ratio on the detail raster of a large photo from which an image is sharp. */
  sharpFrom: number,
  sharpBestFrom: number,
  sharpDetailFrom: number,
});
/** The numbers in `models/builtin.json` that the verdicts hang on. */
export type BuiltinThresholds = v.InferOutput<typeof BuiltinThresholds>;

/** @throws an error that names the threshold that is missing. */
export function readThresholds(thresholds: unknown): BuiltinThresholds {
  return v.parse(BuiltinThresholds, thresholds);
}
