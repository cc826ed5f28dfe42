import type { Prediction } from '../../../protocol/workerApi';
import type { EdgeRatio } from '../../measures/edgeRatio';
import type { ImageMeasures } from '../../measures/measureImage';
import type { Noise } from '../../measures/noise';
import { confidence } from './confidence';
import type { BuiltinThresholds } from './thresholds';

/** So far beyond its threshold a verdict is as sure as it gets. */
const SURE_RATIO = 0.12;
const SURE_NOISE = 6;
const SURE_FLOOR = 5;
/** Sigma, in levels, that compression leaves of no noise at all. */
const QUIET_FLOOR = 0.9;

/** At most one clarity tag; none where the image has no edges to tell by, or lies between sharp and blurry. */
export function clarityPredictions(measures: ImageMeasures, limits: BuiltinThresholds): Prediction[] {
  const found = noisy(measures, limits) ?? blurry(measures, limits) ?? sharp(measures, limits);
  return found ? [{ dimension: 'clarity', ...found }] : [];
}

type Found = { tag: string; score: number } | null;

function noisy({ noise }: ImageMeasures, limits: BuiltinThresholds): Found {
  if (!noise) return null;
  const excess = Math.max(whiteNoise(noise, limits), evenNoise(noise, limits));
  return excess > 0 ? { tag: 'noisy', score: confidence(60, 97, excess) } : null;
}

/** Strong noise that averages out as white noise does, some texture beside it allowed: 0 at the limit, 1 sure. */
function whiteNoise({ floor, high, coarseness }: Noise, limits: BuiltinThresholds): number {
  if (coarseness >= limits.noisyWhiteBelow || high >= limits.noisyWhiteUnevenBelow * (floor + QUIET_FLOOR)) return 0;
  return (floor - limits.noisyFloorAbove) / SURE_FLOOR;
}

/** Weaker noise that is as strong everywhere, unlike texture: 0 at the limit, 1 sure. */
function evenNoise(noise: Noise, limits: BuiltinThresholds): number {
  if (noise.coarseness >= limits.noisyCoarseBelow) return 0;
  if (noise.high >= limits.noisyUnevenBelow * (noise.floor + QUIET_FLOOR)) return 0;
  return (noiseScore(noise) - limits.noisyAbove) / SURE_NOISE;
}

/**
 * Log-odds of noise against texture: strong (a high floor), everywhere (the floor near the level of the flattest
 * blocks) and gone after a 4 × reduction. The weights are a logistic regression on photos degraded by known amounts.
 */
export function noiseScore(noise: Noise | null): number {
  if (!noise) return -Infinity;
  const log = (value: number) => Math.log(value + 0.02);
  return 1.84 + 6.52 * log(noise.floor) - 3.75 * log(noise.flat) - 1.19 * log(noise.coarseness);
}

function blurry({ edges, coarseEdges, detailEdges }: ImageMeasures, limits: BuiltinThresholds): Found {
  // fine blur of a large photo shows on the detail raster only, coarse blur shows on both
  const found = [edges, detailEdges].filter((candidate) => candidate !== null && isSmeared(candidate, limits));
  if (found.length > 0) {
    const ratio = Math.min(...found.map((candidate) => candidate?.ratio ?? 1));
    return { tag: 'blurry', score: confidence(60, 99, (limits.motionBelow - ratio) / (2 * SURE_RATIO)) };
  }
  // heavy blur leaves no edge at full size; what it leaves at half size is as smooth as edges can be
  const featureless = !edges && coarseEdges && coarseEdges.ratio < limits.heavyBelow;
  return featureless ? { tag: 'blurry', score: 70 } : null;
}

/** Soft in all directions, or softer in one than in the others, and nowhere sharp: a sharp subject may have a soft background. */
function isSmeared({ ratio, best, steepest }: EdgeRatio, limits: BuiltinThresholds): boolean {
  if (best >= limits.blurryBestBelow) return false;
  return ratio < limits.blurryBelow || (ratio < limits.motionBelow && ratio < limits.motionAnisotropy * steepest);
}

function sharp({ edges, detailEdges, noise }: ImageMeasures, limits: BuiltinThresholds): Found {
  if (!edges || edges.ratio < limits.sharpFrom || edges.best < limits.sharpBestFrom) return null;
  if (detailEdges && detailEdges.ratio < limits.sharpDetailFrom) return null;
  // grain looks like fine detail
  if (noiseScore(noise) > limits.grainyAbove) return null;
  return { tag: 'sharp', score: confidence(60, 97, (edges.ratio - limits.sharpFrom) / (2 * SURE_RATIO)) };
}
