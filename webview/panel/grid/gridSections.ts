/** Height of the heading of a group, in CSS pixels. */
export const HEAD_HEIGHT = 30;

/** Cells that lie together under a heading, from a new row on. Lengths are CSS pixels. */
export interface GridSection {
  /** Place among the groups. */
  readonly group: number;
  readonly firstIndex: number;
  readonly count: number;
  readonly firstRow: number;
  readonly rows: number;
  /** Of the heading, below the gap at the top of the content. */
  readonly top: number;
  /** 0 where nothing is grouped. */
  readonly headHeight: number;
}

/** The groups one below the other. Where their counts do not add up to `count`, the list is another one than they are of: no groups then. */
export function makeSections(
  count: number,
  columns: number,
  rowHeight: number,
  groups: readonly number[],
): GridSection[] {
  if (count === 0) return [];
  const isGrouped = groups.length > 0 && groups.reduce((sum, size) => sum + size, 0) === count;
  const headHeight = isGrouped ? HEAD_HEIGHT : 0;
  const sections: GridSection[] = [];
  let [firstIndex, firstRow, top] = [0, 0, 0];
  (isGrouped ? groups : [count]).forEach((size, group) => {
    const rows = Math.ceil(size / columns);
    sections.push({ group, firstIndex, count: size, firstRow, rows, top, headHeight });
    firstIndex += size;
    firstRow += rows;
    top += headHeight + rows * rowHeight;
  });
  return sections;
}

/** The last section for which something holds that holds for all before it, or the first. */
export function findSection(sections: readonly GridSection[], holds: (section: GridSection) => boolean): GridSection {
  let [low, high] = [0, sections.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(sections[middle])) low = middle;
    else high = middle - 1;
  }
  return sections[low];
}
