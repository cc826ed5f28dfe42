import type { TemplateResult } from 'lit';
import { gridHeading } from './gridHeading';
import { GRID_GAP, rowOf, sectionOfRow, visibleRows, type GridLayout } from './gridLayout';
import type { GridSection } from './gridSections';

/** Images with the same value of a facet. */
export interface GridGroup {
  /** The value in words, null for images without any. */
  readonly label: string | null;
  readonly count: number;
}

/** The headings of a grouped grid, as it is laid out and scrolled now. */
export class GroupHeadings {
  /**
   * @param top of the view in the content, in CSS pixels, as `height` is
   * @param shift what to subtract from a place in the content for that in the scrolled element
   */
  constructor(
    private readonly groups: readonly GridGroup[],
    private readonly layout: GridLayout,
    private readonly view: { readonly top: number; readonly height: number; readonly shift: number },
  ) {}

  /** 0 where nothing is grouped. */
  get count(): number {
    const { sections } = this.layout;
    return (sections[0]?.headHeight ?? 0) > 0 ? sections.length : 0;
  }

  /** How many headings come before the cells of a row. */
  before(row: number): number {
    return this.count === 0 ? 0 : sectionOfRow(this.layout, row).group + 1;
  }

  /** The group of a cell, undefined where nothing is grouped. */
  groupOf(index: number): GridGroup | undefined {
    return this.count === 0 ? undefined : this.groups[sectionOfRow(this.layout, rowOf(this.layout, index)).group];
  }

  /**
   * The heading to draw before a row: each group has one, above its first row, or above the first row in sight while
   * it stays at the upper edge.
   */
  above(row: number, current: number, select: (section: GridSection) => void): TemplateResult | null {
    if (this.count === 0) return null;
    const { layout, view } = this;
    const section = sectionOfRow(layout, row);
    const first = visibleRows(layout, view.top, view.height, 0)?.first ?? 0;
    if (row !== (section === sectionOfRow(layout, first) ? first : section.firstRow)) return null;
    const end = section.top + section.rows * layout.rowHeight;
    const group = this.groups[section.group];
    return gridHeading({
      ...group,
      top: GRID_GAP + Math.max(section.top, Math.min(view.top - GRID_GAP, end)) - view.shift,
      height: section.headHeight,
      rowIndex: section.firstRow + section.group + 1,
      columns: layout.columns,
      isCurrent: this.groupOf(current) === group,
      select: () => select(section),
    });
  }
}
