export interface CategoryCount {
  total: number;
  /** Of these, the ones that pass the filter. */
  matching: number;
}

interface Counts {
  readonly labeled: CategoryCount[];
  readonly none: CategoryCount;
}

/** The last answer for each array of categories: the panel is drawn far more often than the map changes. */
const remembered = new WeakMap<Uint8Array, { mask: Uint8Array | null; labels: number; counts: Counts }>();

/**
 * How many points have each label, and how many have none.
 *
 * @param mask 1 for points that pass the filter, null when all do; of another length than the points it is from
 *   another moment and left aside
 */
export function categoryCounts(categories: Uint8Array, labels: readonly string[], mask: Uint8Array | null): Counts {
  const known = remembered.get(categories);
  if (known?.mask === mask && known.labels === labels.length) return known.counts;
  const counts = count(categories, labels, mask);
  remembered.set(categories, { mask, labels: labels.length, counts });
  return counts;
}

function count(categories: Uint8Array, labels: readonly string[], mask: Uint8Array | null): Counts {
  const labeled = labels.map(() => ({ total: 0, matching: 0 }));
  const none = { total: 0, matching: 0 };
  const applied = mask?.length === categories.length ? mask : null;
  for (let point = 0; point < categories.length; point++) {
    const sums = labeled[categories[point]] ?? none;
    sums.total++;
    if (!applied || applied[point] === 1) sums.matching++;
  }
  return { labeled, none };
}
