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

/** Sign codes: a perceptual hash of 256 bits. */
export const SIGN_CODE = { foundBy: 'sign-code', least: codeLikeness(CODE_DISTANCE) } as const;

/** Percent of the bits in which two sign codes are equal. @param distance bits in which they differ */
export function codeLikeness(distance: number): number {
  return 100 - (100 * distance) / CODE_BITS;
}

/** The cosine, in percent, from which on vectors of a model count as alike, until a person says otherwise. */
export const DEFAULT_LEAST = 95;
/** What a person may say: below, hardly anything would be no duplicate; at 100, only equal vectors. */
export const LEAST_LEAST = 50;
export const MOST_LEAST = 99.9;
