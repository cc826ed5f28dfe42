import { createHash } from 'node:crypto';

/** A number that depends on the text alone, 32 bits. */
export function seedOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE(0);
}

/**
 * Photos fall into two halves by their name: thresholds are chosen on one, figures are taken from the other.
 * @param half `develop`, `held-out` or `all`.
 */
export function inHalf(file: string, half: string): boolean {
  const develop = createHash('sha256').update(`half ${file}`).digest()[0] % 2 === 0;
  if (half === 'all') return true;
  if (half !== 'develop' && half !== 'held-out') throw new Error(`There is no half "${half}".`);
  return develop === (half === 'develop');
}
