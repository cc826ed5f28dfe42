/** Space around the cells and between them, in CSS pixels. */
export const GRID_GAP = 6;
/** Height of a line under a thumbnail, in CSS pixels. */
export const CAPTION_HEIGHT = 18;

/** Where the cells of a grid lie. All lengths are CSS pixels; `rowHeight` includes the gap. */
export interface GridLayout {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth: number;
  readonly rowHeight: number;
  /** Of all rows and the gaps around them; may be more than a browser can make an element. */
  readonly contentHeight: number;
}

/** As many columns as fit with cells of at least `cellSize` and gaps on all sides, widened to fill the width. */
export function fitColumns(width: number, cellSize: number, gap: number): { columns: number; cellWidth: number } {
  const inner = Math.max(1, width - gap);
  const columns = Math.max(1, Math.floor(inner / (cellSize + gap)));
  return { columns, cellWidth: Math.max(1, Math.floor(inner / columns) - gap) };
}

/**
 * All cells in rows, in columns as `fitColumns` has them.
 *
 * @param width of the scrolled area, without its scrollbar
 * @param lines written under each thumbnail
 */
export function layoutGrid(count: number, width: number, cellSize: number, lines = 1): GridLayout {
  const { columns, cellWidth } = fitColumns(width, cellSize, GRID_GAP);
  const rowHeight = cellWidth + lines * CAPTION_HEIGHT + GRID_GAP;
  const rows = Math.ceil(count / columns);
  return { count, columns, rows, cellWidth, rowHeight, contentHeight: rows * rowHeight + (rows > 0 ? GRID_GAP : 0) };
}

/** The rows to draw, `last` included, with `overscan` more on both sides; null when there are none. */
export function visibleRows(
  layout: GridLayout,
  top: number,
  height: number,
  overscan: number,
): { first: number; last: number } | null {
  if (layout.rows === 0) return null;
  const row = (y: number) => Math.floor((y - GRID_GAP) / layout.rowHeight);
  const clamp = (value: number) => Math.min(Math.max(0, value), layout.rows - 1);
  return { first: clamp(row(top) - overscan), last: clamp(row(top + height - 1) + overscan) };
}

/** The distance of a row from the top of the content. */
export function rowTop(layout: GridLayout, row: number): number {
  return GRID_GAP + row * layout.rowHeight;
}

/** The scroll position nearest to `top` that shows the whole row of a cell. */
export function scrollTopToShow(layout: GridLayout, index: number, top: number, height: number): number {
  const start = rowTop(layout, Math.floor(index / layout.columns)) - GRID_GAP;
  const end = start + layout.rowHeight + GRID_GAP;
  if (start < top || end - start > height) return start;
  return end > top + height ? end - height : top;
}
