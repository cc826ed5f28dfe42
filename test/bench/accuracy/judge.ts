import { headerOf } from '../../../src/worker/header/readHeader';
import { decodeDetail, decodeImage, hasDetail } from '../../../src/worker/image/decodeImage';
import { toLab } from '../../../src/worker/image/lab';
import { squeeze } from '../../../src/worker/image/squeeze';
import type { ImageMeasures } from '../../../src/worker/measures/measureImage';
import { measureImage, wantsSecondLook, withSecondLook } from '../../../src/worker/measures/measureImage';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { findProvider } from '../../../src/worker/providers/registry';
import type { Photo } from './photo';
import { asSharp } from './photo';
import { seedOf } from './split';
import type { Variant } from './variants';

const QUALITIES = [75, 85, 92, 97];

export interface Verdict {
  /** Tag and confidence by dimension, of the dimensions with one answer; null for silence. */
  readonly tags: Readonly<Record<'lighting' | 'clarity', { tag: string; score: number } | null>>;
  readonly measures: ImageMeasures;
}

/** Degrades a photo, saves it as JPEG and asks the built-in tagger. */
export async function judge(photo: Photo, variant: Variant, seed: string): Promise<Verdict> {
  const degraded = await variant.apply(photo, new SeededRandom(seedOf(seed)));
  const quality = variant.quality ?? QUALITIES[seedOf(`${seed} quality`) % QUALITIES.length];
  return judgeFile(await asSharp(degraded).jpeg({ quality }).toBuffer());
}

/** Asks the built-in tagger about an image file's bytes, all as it runs in the worker. */
export async function judgeFile(bytes: Buffer): Promise<Verdict> {
  const header = await headerOf(bytes);
  const base = await decodeImage(bytes, header);
  const { square, luma } = squeeze(base);
  let measures = measureImage(base, luma);
  if (hasDetail(header) && wantsSecondLook(measures)) {
    measures = withSecondLook(measures, await decodeDetail(bytes, header));
  }
  const image = { header, base, square, squareLab: toLab(square), measures };
  const predictions = await findProvider('builtin').tag(image);
  const answer = (dimension: string) => predictions.find((prediction) => prediction.dimension === dimension) ?? null;
  return { tags: { lighting: answer('lighting'), clarity: answer('clarity') }, measures };
}
