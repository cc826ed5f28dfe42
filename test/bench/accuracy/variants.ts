import type { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { background, disk, exposure, gamma, gaussian, grain, motion, photonNoise, whiteNoise } from './degrade';
import type { Photo } from './photo';

/** A change of a photo whose effect is known, because it was made. */
export interface Variant {
  readonly name: string;
  /** Rows of the truth table that belong together. */
  readonly truth:
    | 'clean'
    | 'blurred'
    | 'partly in focus'
    | 'noisy'
    | 'subtly noisy'
    | 'very dark'
    | 'darker'
    | 'as exposed'
    | 'brighter'
    | 'slightly blurred'
    | 'both';
  /** JPEG quality it is saved with; else one of several, by chance. */
  readonly quality?: number;
  apply(photo: Photo, random: SeededRandom): Photo | Promise<Photo>;
}

export const VARIANTS: readonly Variant[] = [
  { name: 'original', truth: 'clean', apply: (photo) => photo },
  ...[10, 30, 50].map((quality): Variant => ({ name: `jpeg ${quality}`, truth: 'clean', quality, apply: (p) => p })),
  ...[0.1, 0.2].map(gaussianBy('slightly blurred')),
  ...[0.4, 0.8, 1.6].map(gaussianBy('blurred')),
  ...[1, 2, 4].map((percent): Variant => ({
    name: `motion ${percent} %`,
    truth: 'blurred',
    apply: (photo, random) => motion(photo, percent, random),
  })),
  ...[0.5, 1, 2].map((percent): Variant => ({
    name: `disk ${percent} %`,
    truth: 'blurred',
    apply: (photo) => disk(photo, percent),
  })),
  ...[0.8, 1.6].map((percent): Variant => ({
    name: `background ${percent} %`,
    truth: 'partly in focus',
    apply: (photo, random) => background(photo, percent, random),
  })),
  ...[5, 10].map(noiseBy('subtly noisy')),
  ...[15, 25, 40].map(noiseBy('noisy')),
  ...[10, 20].map((sigma): Variant => ({
    name: `grain ${sigma}`,
    truth: sigma < 15 ? 'subtly noisy' : 'noisy',
    apply: (photo, random) => grain(photo, sigma, random),
  })),
  ...[1000, 200, 50].map((photons): Variant => ({
    name: `${photons} photons`,
    truth: photons > 500 ? 'subtly noisy' : 'noisy',
    apply: (photo, random) => photonNoise(photo, photons, random),
  })),
  {
    name: 'gaussian 0.8 % + noise 10',
    truth: 'both',
    apply: async (photo, random) => whiteNoise(await gaussian(photo, 0.8), 10, random),
  },
  ...[-4, -3].map(exposureBy('very dark')),
  exposureBy('darker')(-2),
  exposureBy('as exposed')(-1),
  exposureBy('as exposed')(1),
  { name: 'gamma 0.6', truth: 'as exposed', apply: (photo) => gamma(photo, 0.6) },
  { name: 'gamma 1.8', truth: 'darker', apply: (photo) => gamma(photo, 1.8) },
  ...[2, 3].map(exposureBy('brighter')),
  { name: 'gamma 0.4', truth: 'brighter', apply: (photo) => gamma(photo, 0.4) },
];

function gaussianBy(truth: Variant['truth']): (percent: number) => Variant {
  return (percent) => ({ name: `gaussian ${percent} %`, truth, apply: (photo) => gaussian(photo, percent) });
}

function noiseBy(truth: Variant['truth']): (sigma: number) => Variant {
  return (sigma) => ({
    name: `noise ${sigma}`,
    truth,
    apply: (photo, random) => whiteNoise(photo, sigma, random),
  });
}

function exposureBy(truth: Variant['truth']): (stops: number) => Variant {
  return (stops) => ({
    name: `EV ${stops > 0 ? '+' : ''}${stops}`,
    truth,
    apply: (photo) => exposure(photo, stops),
  });
}
