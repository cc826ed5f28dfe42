import type { NamedModel } from '../../../src/protocol/viewApi';

/** "97", "4.2": scores and confidences run from 0 to 100; a decimal only where it tells something. */
export function formatScore(score: number): string {
  return score < 10 && !Number.isInteger(score) ? score.toFixed(1) : String(Math.round(score));
}

/** Who said something, in words. @param models with the titles of those that said something of this image */
export function sourceName(source: string, models: readonly NamedModel[]): string {
  if (source === 'person') return 'You';
  if (source === 'builtin') return 'Built-in';
  return models.find(({ name }) => name === source)?.title ?? source;
}
