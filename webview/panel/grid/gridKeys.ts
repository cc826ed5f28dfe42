import { cellsOf, rowOf, type GridLayout } from './gridLayout';
import { makeSections } from './gridSections';

/**
 * The cell that a navigation key leads to from cell `index`, or null for any other key. At an edge the cell stays the
 * same; a step up or down into a short row ends on its last cell.
 *
 * @param pageRows whole rows in sight
 */
export function cellAfterKey(
  key: string,
  index: number,
  layout: Pick<GridLayout, 'count' | 'columns' | 'rows'> & Partial<Pick<GridLayout, 'sections'>>,
  pageRows: number,
): number | null {
  const { columns, count } = layout;
  const last = count - 1;
  const vertical = (rows: number) => {
    const shape = { columns, sections: layout.sections ?? makeSections(count, columns, 0, []) };
    const row = rowOf(shape, index);
    const target = cellsOf(shape, Math.min(Math.max(0, row + rows), layout.rows - 1));
    return target.first + Math.min(target.count - 1, index - cellsOf(shape, row).first);
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
