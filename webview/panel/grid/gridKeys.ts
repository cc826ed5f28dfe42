import type { GridLayout } from './gridLayout';

/**
 * The cell that a navigation key leads to from cell `index`, or null for any other key. At an edge the cell stays the
 * same; a step down into a short last row ends on its last cell.
 *
 * @param pageRows whole rows in sight
 */
export function cellAfterKey(
  key: string,
  index: number,
  layout: Pick<GridLayout, 'count' | 'columns' | 'rows'>,
  pageRows: number,
): number | null {
  const { columns, count } = layout;
  const last = count - 1;
  const vertical = (rows: number) => {
    const row = Math.floor(index / columns);
    const target = Math.min(Math.max(0, row + rows), layout.rows - 1);
    return Math.min(last, target * columns + (index % columns));
  };
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, index - 1);
    case 'ArrowRight':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return vertical(-1);
    case 'ArrowDown':
      return vertical(1);
    case 'PageUp':
      return vertical(-Math.max(1, pageRows));
    case 'PageDown':
      return vertical(Math.max(1, pageRows));
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** The cell that an event of a grid happened in, or null: between them. */
export function cellAt(event: Event): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
}

/** The index of that cell. */
export function indexAt(event: Event): number | null {
  const cell = cellAt(event);
  return cell ? Number(cell.dataset['index']) : null;
}
