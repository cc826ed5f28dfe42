export interface CategoryCount {
  total: number;
  /** Of these, the ones that pass the filter. */
  matching: number;
}

/**
 * How many points have each label, and how many have none.
 *
 * @param mask 1 for points that pass the filter, null when all do; of another length than the points it is from
 *   another moment and left aside
 */
export function categoryCounts(
  categories: Uint8Array,
  labels: readonly string[],
  mask: Uint8Array | null,
): { labeled: CategoryCount[]; none: CategoryCount } {
  const labeled = labels.map(() => ({ total: 0, matching: 0 }));
  const none = { total: 0, matching: 0 };
  const applied = mask?.length === categories.length ? mask : null;
  for (let point = 0; point < categories.length; point++) {
    const count = labeled[categories[point]] ?? none;
    count.total++;
    if (!applied || applied[point] === 1) count.matching++;
  }
  return { labeled, none };
}
