import { fitColumns } from '../grid/gridLayout';

/** Space around the cells and between them, in CSS pixels. */
const PAGE_GAP = 8;
/** Height of the two lines under a thumbnail. */
const CAPTION_HEIGHT = 36;
/** So many on a page at least, even if they have to be scrolled. */
export const LEAST_ON_PAGE = 20;

/** How many thumbnails a page has. Lengths are CSS pixels. */
export interface PageLayout {
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth: number;
  /** `columns` × `rows`. */
  readonly size: number;
}

/** As many as fit with cells of at least `cellSize`, widened to fill the width, but not fewer than 20. */
export function layoutPage(width: number, height: number, cellSize: number): PageLayout {
  const { columns, cellWidth } = fitColumns(width, cellSize, PAGE_GAP);
  const fitting = Math.floor((height - PAGE_GAP) / (cellWidth + CAPTION_HEIGHT + PAGE_GAP));
  const rows = Math.max(fitting, Math.ceil(LEAST_ON_PAGE / columns));
  return { columns, rows, cellWidth, size: columns * rows };
}

/** A page of the queue; `first` and `last` are indexes of its suggestions. */
export interface QueuePage {
  /** From 0. */
  readonly number: number;
  readonly pages: number;
  readonly first: number;
  readonly last: number;
}

/** The page that holds suggestion `current` of a queue of `count`. */
export function pageAt(current: number, pageSize: number, count: number): QueuePage {
  const number = Math.floor(current / pageSize);
  const first = number * pageSize;
  return { number, pages: Math.ceil(count / pageSize), first, last: Math.min(count, first + pageSize) - 1 };
}
