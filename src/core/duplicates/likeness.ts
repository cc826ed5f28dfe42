import { FOUND_BY } from '../../protocol/duplicatesApi';

/** How alike two images are, and by what that is told. */
export interface Likeness {
  /** `sign-code`, `perceptual-hash`, or the name of the model whose vectors were compared. */
  readonly foundBy: string;
  /** In percent: the bits of two codes that are equal, or the cosine of two vectors. */
  readonly likeness: number;
  /** The same on a scale that all ways of telling share: 50 for what just counts as alike, 100 for no difference. */
  readonly score: number;
}

/** Bits of a sign code. */
const CODE_BITS = 256;
/** Bits in which two sign codes may differ: of 10 million pairs of other photos none is that alike. */
export const CODE_DISTANCE = 64;

/** Codes of the look: colours, light, texture, layout. */
export const SIGN_CODE = { foundBy: FOUND_BY.signCode, least: codeLikeness(CODE_DISTANCE) } as const;

/** Percent of the bits in which two sign codes are equal. @param distance bits in which they differ */
export function codeLikeness(distance: number): number {
  return 100 - (100 * distance) / CODE_BITS;
}

/** Bits of a perceptual hash. */
const HASH_BITS = 64;

/**
 * Bits in which two perceptual hashes may differ, and those in which their sign codes do: these differ in about 128 where
 * two images have nothing in common, and tell by themselves that they are alike where they differ in fewer.
 */
export const HASH_LIMITS = { maxDistance: 6, minCodeDistance: CODE_DISTANCE + 1, maxCodeDistance: 96 } as const;

/** Hashes of the light alone, by which copies in other colours are found. */
export const PERCEPTUAL_HASH = {
  foundBy: FOUND_BY.perceptualHash,
  least: hashLikeness(HASH_LIMITS.maxDistance),
} as const;

/** Percent of the bits in which two perceptual hashes are equal. @param distance bits in which they differ */
export function hashLikeness(distance: number): number {
  return 100 - (100 * distance) / HASH_BITS;
}

/** The cosine, in percent, from which on vectors of a model count as alike, until a person says otherwise. */
export const DEFAULT_LEAST = 95;
/** What a person may say: below, hardly anything would be no duplicate; at 100, only equal vectors. */
export const LEAST_LEAST = 50;
export const MOST_LEAST = 99.9;
