/**
 * Value at a share (0 to 1) of a list in ascending order, by the nearest rank.
 * @returns null for an empty list.
 */
export function percentile(ascending: ArrayLike<number>, share: number): number | null {
  if (ascending.length === 0) return null;
  return ascending[Math.round(share * (ascending.length - 1))] ?? null;
}
