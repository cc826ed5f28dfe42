import type { ModelFamily, ModelManifest } from '../../protocol/modelManifest';
import { downloadBytes, type DeviceKind } from './modelVariant';

export interface Situation {
  /** Whether a GPU works here. */
  readonly device: DeviceKind;
  /** Images in the dataset; null while nobody has counted them. */
  readonly images: number | null;
}

/** Families that compare an image with texts: one pass an image, whatever is asked. */
const ZERO_SHOT: readonly ModelFamily[] = ['siglip', 'clip'];
/** From here on the lighter of two zero-shot families is worth its lesser answers on a CPU. */
const MANY_ON_CPU = 2_000;
/** From here on a small vision-language model is worth it on a GPU. */
const MANY_ON_GPU = 5_000;
/** What a common GPU has room for, beside the screen, and nobody minds to download. */
const LARGE_BYTES = 1_500_000_000;

/**
 * Name of the tagger to start with, or null where the catalogue has none that fits: of those that everybody may use, on a CPU zero-shot, which takes
 * milliseconds where a vision-language model takes seconds; on a GPU a vision-language model, a smaller one for more
 * images. Goes by family and size only, so that a new manifest takes part.
 */
export function recommendModel(manifests: readonly ModelManifest[], situation: Situation): string | null {
  const taggers = manifests.filter(
    ({ weights, licence }) => weights?.abilities.includes('vocabulary') && !/non-commercial/i.test(licence),
  );
  const images = situation.images ?? 0;
  const zeroShot = ZERO_SHOT.map((family) => taggers.find(({ weights }) => weights?.family === family));
  const [best = null, light = null] = zeroShot.filter((manifest) => manifest !== undefined);
  if (situation.device === 'cpu') return (images >= MANY_ON_CPU ? (light ?? best) : best)?.name ?? null;
  const readers = taggers
    .filter((manifest) => !ZERO_SHOT.includes(manifest.weights!.family) && size(manifest) <= LARGE_BYTES)
    .sort((a, b) => size(a) - size(b));
  return (images >= MANY_ON_GPU ? readers[0] : readers.at(-1))?.name ?? best?.name ?? null;
}

function size(manifest: ModelManifest): number {
  return downloadBytes(manifest, 'gpu');
}
