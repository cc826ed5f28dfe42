import type { Prediction } from '../../../protocol/workerApi';
import type { ImageMeasures } from '../../measures/measureImage';
import { overallLightness } from '../../measures/measureImage';
import { confidence } from './confidence';
import type { BuiltinThresholds } from './thresholds';

const TAGS = ['dark', 'dim', 'normal', 'bright'] as const;
/** So far from the nearest cut the verdict is as sure as it gets. */
const SURE_DISTANCE = 8;

/** One lighting tag for every image. */
export function lightingPredictions({ tone }: ImageMeasures, limits: BuiltinThresholds): Prediction[] {
  const cuts = [limits.dimFrom, limits.normalFrom, limits.brightFrom];
  const lightness = overallLightness(tone);
  const tag = TAGS[cuts.filter((cut) => lightness >= cut).length];
  const distance = Math.min(...cuts.map((cut) => Math.abs(lightness - cut)));
  return [{ dimension: 'lighting', tag, score: confidence(50, 95, distance / SURE_DISTANCE) }];
}
