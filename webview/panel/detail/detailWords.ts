/** "97", "4.2": scores and confidences run from 0 to 100; a decimal only where it tells something. */
export function formatScore(score: number): string {
  return score < 10 && !Number.isInteger(score) ? score.toFixed(1) : String(Math.round(score));
}

/** Who said something, in words. */
export function sourceName(source: string): string {
  if (source === 'person') return 'You';
  if (source === 'builtin') return 'Built-in';
  return source;
}
