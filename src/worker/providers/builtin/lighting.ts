import type { Prediction } from '../../../protocol/workerApi';
import type { ImageMeasures } from '../../measures/measureImage';
import { overallLightness } from '../../measures/measureImage';
import { confidence } from './confidence';

/** Overall lightness at which one tag gives way to the next. */
const CUTS = [23, 41, 74] as const;
const TAGS = ['dark', 'dim', 'normal', 'bright'] as const;
/** So far from the nearest cut the verdict is as sure as it gets. */
const SURE_DISTANCE = 8;

/** One lighting tag for every image. */
export function lightingPredictions({ tone }: ImageMeasures): Prediction[] {
  const lightness = overallLightness(tone);
  const tag = TAGS[CUTS.filter((cut) => lightness >= cut).length];
  const distance = Math.min(...CUTS.map((cut) => Math.abs(lightness - cut)));
  return [{ dimension: 'lighting', tag, score: confidence(50, 95, distance / SURE_DISTANCE) }];
}
