import manifestJson from '../../../models/builtin.json';
import type { Prediction } from '../../protocol/workerApi';
import type { AnalyzedImage } from '../analyzedImage';
import { readManifest } from '../../protocol/modelManifest';
import { attributePredictions } from './builtin/attributes';
import { clarityPredictions } from './builtin/clarity';
import { colorPredictions } from './builtin/colors';
import { lightingPredictions } from './builtin/lighting';
import { readThresholds } from './builtin/thresholds';
import type { Provider } from './provider';

const manifest = readManifest(manifestJson);
const thresholds = readThresholds(manifest.thresholds);

/** Tags what can be measured from pixels alone; formulas and their accuracy are in docs/tagger.md. */
export const builtinProvider: Provider = {
  manifest,
  tag(image: AnalyzedImage): Prediction[] {
    return [
      ...lightingPredictions(image.measures, thresholds),
      ...clarityPredictions(image.measures, thresholds),
      ...attributePredictions(image),
      ...colorPredictions(image.squareLab),
    ];
  },
};
