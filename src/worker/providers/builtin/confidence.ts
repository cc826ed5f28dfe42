/**
 * Confidence that grows in a straight line from `from` at evidence 0 to `to` at evidence 1 and stays there.
 * @returns a whole number, 1 to 99: nothing measured is certain.
 */
export function confidence(from: number, to: number, evidence: number): number {
  const score = Math.round(from + (to - from) * Math.min(1, Math.max(0, evidence)));
  return Math.min(99, Math.max(1, score));
}
