import type { Prediction } from '../../../protocol/workerApi';
import type { ImageMeasures } from '../../measures/measureImage';
import { confidence } from './confidence';

/** At most one clarity tag; none where the image has no edges to tell by, or lies between sharp and blurry. */
export function clarityPredictions({ edges, noise }: ImageMeasures): Prediction[] {
  if (noise && noise.floor > 4 && noise.coarseness < 0.5) {
    return [{ dimension: 'clarity', tag: 'noisy', score: confidence(60, 95, (noise.floor - 4) / 5) }];
  }
  if (!edges) return [];
  if (edges.ratio < 0.8) {
    return [{ dimension: 'clarity', tag: 'blurry', score: confidence(60, 99, (0.8 - edges.ratio) / 0.14) }];
  }
  const grainy = noise !== null && noise.floor > 0.8 && noise.coarseness < 1.5;
  if (edges.ratio < 1 || grainy) return [];
  return [{ dimension: 'clarity', tag: 'sharp', score: confidence(60, 95, (edges.ratio - 1) / 0.12) }];
}
