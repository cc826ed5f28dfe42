import type { Prediction } from '../../../protocol/workerApi';
import type { AnalyzedImage } from '../../analyzedImage';
import { confidence } from './confidence';

/** Sides whose ratio is below this make an odd aspect: 3:1 is still a panorama that people print. */
const ODD_ASPECT = 0.35;
const TINY_SIDE = 64;

/** Independent facts about the file and its pixels. */
export function attributePredictions({ header, measures }: AnalyzedImage): Prediction[] {
  const { tone } = measures;
  const found: [tag: string, score: number][] = [];
  if (tone.colorful < 0.003 && tone.chroma < 4) found.push(['grayscale', tone.colorful < 0.0005 ? 99 : 85]);
  if (tone.entropy < 3) found.push(['low-information', confidence(60, 99, (3 - tone.entropy) / 1.5)]);
  // a white border is a cut-out on white, not a mistake of the exposure
  if (tone.clippedHigh >= 0.15 && tone.borderWhite < 0.6) {
    found.push(['overexposed', confidence(55, 95, (tone.clippedHigh - 0.15) / 0.3)]);
  }
  const shortSide = Math.min(header.width, header.height);
  if (shortSide / Math.max(header.width, header.height) < ODD_ASPECT) found.push(['odd-aspect', 99]);
  if (shortSide < TINY_SIDE) found.push(['tiny', 99]);
  if (header.hasAlpha) found.push(['has-alpha', 99]);
  return found.map(([tag, score]) => ({ dimension: 'attribute', tag, score }));
}
