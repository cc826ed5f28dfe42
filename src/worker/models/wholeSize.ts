/** A size that a graph fixes, or null: others are names, or not positive. */
export function wholeSize(size: number | string): number | null {
  return typeof size === 'number' && size > 0 ? size : null;
}
