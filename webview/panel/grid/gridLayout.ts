import { findSection, makeSections, type GridSection } from './gridSections';

/** Space around the cells and between them, in CSS pixels. */
export const GRID_GAP = 6;
/** Height of a line under a thumbnail, in CSS pixels. */
export const CAPTION_HEIGHT = 18;

/** Where the cells of a grid lie. All lengths are CSS pixels; `rowHeight` includes the gap. */
export interface GridLayout {
  readonly count: number;
  readonly columns: number;
  /** Of cells; the headings of groups do not count. */
  readonly rows: number;
  readonly cellWidth: number;
  readonly rowHeight: number;
  /** Of all rows, headings and the gaps around them; may be more than a browser can make an element. */
  readonly contentHeight: number;
  /** The groups, or one without a heading. None without cells. */
  readonly sections: readonly GridSection[];
}

/** As many columns as fit with cells of at least `cellSize` and gaps on all sides, widened to fill the width. */
export function fitColumns(width: number, cellSize: number, gap: number): { columns: number; cellWidth: number } {
  const inner = Math.max(1, width - gap);
  const columns = Math.max(1, Math.floor(inner / (cellSize + gap)));
  return { columns, cellWidth: Math.max(1, Math.floor(inner / columns) - gap) };
}

/**
 * All cells in rows, in columns as `fitColumns` has them; each group begins with a heading and a new row.
 *
 * @param width of the scrolled area, without its scrollbar
 * @param lines written under each thumbnail
 * @param groups how many cells each has, `count` in all; none for one list
 */
export function layoutGrid(
  count: number,
  width: number,
  cellSize: number,
  lines = 1,
  groups: readonly number[] = [],
): GridLayout {
  const { columns, cellWidth } = fitColumns(width, cellSize, GRID_GAP);
  const rowHeight = cellWidth + lines * CAPTION_HEIGHT + GRID_GAP;
  const sections = makeSections(count, columns, rowHeight, groups);
  const last = sections.at(-1);
  const rows = last ? last.firstRow + last.rows : 0;
  const contentHeight = last ? GRID_GAP + last.top + last.headHeight + last.rows * rowHeight : 0;
  return { count, columns, rows, cellWidth, rowHeight, contentHeight, sections };
}

/** The rows to draw, `last` included, with `overscan` more on both sides; null when there are none. */
export function visibleRows(
  layout: GridLayout,
  top: number,
  height: number,
  overscan: number,
): { first: number; last: number } | null {
  if (layout.rows === 0) return null;
  const clamp = (value: number) => Math.min(Math.max(0, value), layout.rows - 1);
  return { first: clamp(rowAt(layout, top) - overscan), last: clamp(rowAt(layout, top + height - 1) + overscan) };
}

/** The row at a distance from the top of the content, also beyond its end; that under a heading for a place in it. */
function rowAt(layout: GridLayout, y: number): number {
  const section = findSection(layout.sections, (each) => GRID_GAP + each.top <= y);
  const row = Math.floor((y - GRID_GAP - section.top - section.headHeight) / layout.rowHeight);
  const isLast = section === layout.sections.at(-1);
  return section.firstRow + (isLast ? Math.max(0, row) : Math.min(Math.max(0, row), section.rows - 1));
}

/** The distance of a row from the top of the content. */
export function rowTop(layout: GridLayout, row: number): number {
  if (layout.rows === 0) return GRID_GAP;
  const section = sectionOfRow(layout, row);
  return GRID_GAP + section.top + section.headHeight + (row - section.firstRow) * layout.rowHeight;
}

/** The row that a cell lies in. */
export function rowOf({ sections, columns }: Pick<GridLayout, 'sections' | 'columns'>, index: number): number {
  if (sections.length === 0) return 0;
  const section = findSection(sections, (each) => each.firstIndex <= index);
  return section.firstRow + Math.floor((index - section.firstIndex) / columns);
}

/** The cells of a row: where they begin, and how many they are. */
export function cellsOf(
  layout: Pick<GridLayout, 'sections' | 'columns'>,
  row: number,
): { first: number; count: number } {
  const { firstIndex, firstRow, count } = sectionOfRow(layout, row);
  const before = (row - firstRow) * layout.columns;
  return { first: firstIndex + before, count: Math.min(layout.columns, count - before) };
}

export function sectionOfRow({ sections }: Pick<GridLayout, 'sections'>, row: number): GridSection {
  return findSection(sections, (each) => each.firstRow <= row);
}

/** The scroll position nearest to `top` that shows the whole row of a cell, with the heading above it. */
export function scrollTopToShow(layout: GridLayout, index: number, top: number, height: number): number {
  if (layout.rows === 0) return 0;
  const row = rowOf(layout, index);
  const { headHeight } = sectionOfRow(layout, row);
  const start = rowTop(layout, row) - GRID_GAP - headHeight;
  const end = start + headHeight + layout.rowHeight + GRID_GAP;
  if (start < top || end - start > height) return start;
  return end > top + height ? end - height : top;
}
