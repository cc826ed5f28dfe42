import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { GridColumn } from '../../../src/protocol/savedViewApi';
import type { SampleRow } from '../../../src/protocol/viewApi';
import { LightElement } from '../../shared/lightElement';
import { styled } from '../../shared/styled';
import { gridCell } from './gridCell';
import { cellAfterKey, cellAt, indexAt } from './gridKeys';
import { cellsOf, layoutGrid, rowOf, rowTop, scrollTopToShow, visibleRows, type GridLayout } from './gridLayout';
import { GroupHeadings, type GridGroup } from './groupHeadings';
import type { SamplePages } from './samplePages';
import { ScrollMap } from './scrollMap';
import type { SelectionModel } from './selectionModel';
import type { ThumbnailSource } from './thumbnailSource';

const OVERSCAN_ROWS = 2;
const SETTLE_MS = 150;

/** What the person did in the grid. */
export interface GridListener {
  /** Wants to see the details of an image. @param byKeyboard whether to move the focus there */
  open(id: number, byKeyboard: boolean): void;
  openFile(id: number): void;
  selectionChanged(): void;
  selectRange(from: number, to: number): void;
  /** Selects a whole group, by the places of its first and its last image. */
  selectGroup(first: number, last: number): void;
  selectAll(): void;
  /** Pressed a key that means nothing in the grid itself. @returns whether it means something elsewhere */
  pressed(event: KeyboardEvent, id: number | null): boolean;
  /** Points at an image, or (null) no longer. */
  hover(row: SampleRow | null, cell: DOMRect | null): void;
  /** Another image is the current one. */
  moved(id: number | null): void;
  /** The keyboard went on into another group. */
  enteredGroup(group: GridGroup): void;
  /** The first image in sight is another one. */
  scrolled(firstIndex: number): void;
}

/**
 * The thumbnails of all images that pass the filter. Only the rows in sight exist as elements, so a million images
 * cost no more than a hundred. One cell is in the tab order; the arrow keys move from it.
 */
@customElement('datavisor-grid')
export class SampleGrid extends LightElement {
  @property({ attribute: false }) pages!: SamplePages;
  @property({ attribute: false }) thumbnails!: ThumbnailSource;
  @property({ attribute: false }) selection!: SelectionModel;
  @property({ attribute: false }) listener!: GridListener;
  /** One after the other along the list; empty where nothing is grouped. */
  @property({ attribute: false }) groups: readonly GridGroup[] = [];
  /** Least width of a cell in CSS pixels. */
  @property({ attribute: false }) cellSize = 128;
  /** What is written under the thumbnails. */
  @property({ attribute: false }) columns: readonly GridColumn[] = ['name'];
  /** Once all in sight are there, thumbnails of a screenful after and before them are made too. */
  @property({ attribute: false }) looksAhead = true;
  /** The image whose details are shown. */
  @property({ attribute: false }) openId: number | null = null;
  /** What to bring to the top when the grid is made. */
  @property({ attribute: false }) initialIndex = 0;
  @state() private width = 0;
  @state() private height = 0;
  private readonly scrollMap = new ScrollMap();
  private readonly observer = new ResizeObserver(() => this.measure());
  private layout: GridLayout = layoutGrid(0, 1, 128);
  private current = 0;
  /** Where to go as soon as there are rows and a size. */
  private startIndex: number | null = null;
  private reportedFirst = -1;
  private settleTimer: ReturnType<typeof setTimeout> | undefined;
  /** The element has to be scrolled to where the map says. */
  private mustPlace = false;

  /** Brings an image to the top as soon as that is possible. */
  showIndex(index: number): void {
    this.startIndex = index;
    this.requestUpdate();
  }

  /** Gives the keyboard to the current cell. */
  focusCurrent(): void {
    this.cellElement(this.current)?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
    clearTimeout(this.settleTimer);
  }

  protected override firstUpdated(): void {
    this.observer.observe(this.scroller);
    this.measure();
  }

  protected override willUpdate(): void {
    if (!this.hasUpdated) this.startIndex = this.initialIndex;
    const before = this.layout;
    const firstIndex = this.startIndex ?? this.firstIndex;
    const { matching = 0 } = this.pages;
    const sizes = this.groups.map(({ count }) => count);
    this.layout = layoutGrid(matching, this.width, this.cellSize, this.columns.length, sizes);
    this.current = Math.min(this.current, Math.max(0, this.layout.count - 1));
    const scrollTop = this.scrollMap.scrollTop;
    this.scrollMap.resize(this.layout.contentHeight, this.height);
    const isReady = this.width > 0 && !this.pages.isOutdated;
    const isOtherShape =
      before.columns !== this.layout.columns ||
      before.rowHeight !== this.layout.rowHeight ||
      before.sections.length !== this.layout.sections.length;
    if (isOtherShape || (this.startIndex !== null && isReady)) {
      this.scrollMap.moveTo(rowTop(this.layout, rowOf(this.layout, firstIndex)) - rowTop(this.layout, 0));
      if (isReady) this.startIndex = null;
    }
    this.mustPlace ||= this.scrollMap.scrollTop !== scrollTop;
  }

  protected override render(): TemplateResult {
    const { layout, scrollMap, headings } = this;
    return html`<div class="grid-scroll" tabindex="-1" @scroll=${this.onScroll}>
      <div
        class="grid-spacer"
        role="grid"
        aria-label="Images"
        aria-multiselectable="true"
        aria-rowcount=${layout.rows + headings.count}
        aria-colcount=${layout.columns}
        aria-busy=${this.pages.isOutdated ? 'true' : 'false'}
        ${styled({ height: `${scrollMap.spacerHeight}px` })}
        @click=${this.onClick}
        @dblclick=${this.onDoubleClick}
        @keydown=${this.onKeyDown}
        @focusin=${this.onFocusIn}
        @focusout=${() => this.listener.hover(null, null)}
        @pointermove=${this.onPointerMove}
        @pointerleave=${() => this.listener.hover(null, null)}
        @error=${{ handleEvent: (event: Event) => this.onImageError(event), capture: true }}
      >
        ${repeat(
          this.rowsToDraw(),
          (row) => row,
          (row) =>
            html`${headings.above(row, this.current, ({ firstIndex, count }) =>
              this.listener.selectGroup(firstIndex, firstIndex + count - 1),
            )}${this.renderRow(row, headings.before(row))}`,
        )}
      </div>
    </div>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    if (this.mustPlace) this.scroller.scrollTop = this.scrollMap.scrollTop;
    this.mustPlace = false;
    this.askForRows();
    if (this.firstIndex !== this.reportedFirst && !this.pages.isOutdated) {
      this.reportedFirst = this.firstIndex;
      this.listener.scrolled(this.firstIndex);
    }
  }

  /** @param headings drawn above it, for its number among all rows */
  private renderRow(row: number, headings: number): TemplateResult {
    const { layout } = this;
    const { first, count } = cellsOf(layout, row);
    const cells = Array.from({ length: count }, (_, column) => first + column);
    const top = rowTop(layout, row) - this.scrollMap.shift;
    return html`<div role="row" class="grid-row" aria-rowindex=${row + headings + 1} ${styled({ top: `${top}px` })}>
      ${cells.map((index) => this.renderCell(index, index - first))}
    </div>`;
  }

  private get headings(): GroupHeadings {
    const { top, shift } = this.scrollMap;
    return new GroupHeadings(this.groups, this.layout, { top, shift, height: this.height });
  }

  private renderCell(index: number, column: number): TemplateResult {
    const row = this.pages.row(index);
    return gridCell({
      index,
      column,
      width: this.layout.cellWidth,
      row,
      thumbnail: row && this.thumbnails.uriOf(row),
      columns: this.columns,
      isCurrent: index === this.current,
      isSelected: row !== undefined && this.selection.has(row.id),
      isOpen: row !== undefined && row.id === this.openId,
    });
  }

  /** The rows in sight, and the one that has the keyboard: focus is lost with its element. */
  private rowsToDraw(): number[] {
    const range = visibleRows(this.layout, this.scrollMap.top, this.height, OVERSCAN_ROWS);
    if (!range) return [];
    const rows = Array.from({ length: range.last - range.first + 1 }, (_, offset) => range.first + offset);
    const currentRow = rowOf(this.layout, this.current);
    if (currentRow < range.first) rows.unshift(currentRow);
    else if (currentRow > range.last) rows.push(currentRow);
    return rows;
  }

  private askForRows(): void {
    if (this.startIndex !== null) {
      this.pages.need(this.startIndex, this.startIndex);
      return;
    }
    const range = visibleRows(this.layout, this.scrollMap.top, this.height, OVERSCAN_ROWS);
    const first = range ? cellsOf(this.layout, range.first).first : 0;
    const end = range && cellsOf(this.layout, range.last);
    const last = end ? end.first + end.count - 1 : 0;
    this.pages.need(first, last);
    const lacking = this.lackingThumbnails(first, last);
    this.thumbnails.want('grid', lacking);
    const screen = last - first + 1;
    const isIdle = lacking.length === 0 && this.looksAhead;
    const ahead = () => [
      ...this.lackingThumbnails(last + 1, last + screen),
      ...this.lackingThumbnails(first - screen, first - 1),
    ];
    this.thumbnails.want('ahead', isIdle ? ahead() : []);
  }

  /** Ids of the rows at hand between two places, both included, whose thumbnails have to be asked for. */
  private lackingThumbnails(first: number, last: number): number[] {
    const lacking: number[] = [];
    for (let index = first; index <= last; index++) {
      const row = this.pages.row(index);
      if (row && row.status !== 'failed' && !row.missing && this.thumbnails.uriOf(row) === undefined)
        lacking.push(row.id);
    }
    return lacking;
  }

  private readonly onScroll = (): void => {
    if (this.scrollMap.scrolled(this.scroller.scrollTop)) this.settle();
    clearTimeout(this.settleTimer);
    this.settleTimer = setTimeout(() => this.settle(), SETTLE_MS);
    this.requestUpdate();
  };

  private readonly onClick = (event: MouseEvent): void => {
    const index = indexAt(event);
    if (index === null) return;
    const row = this.pages.row(index);
    this.moveCurrent(index);
    if (!row) return;
    const isCheck = (event.target as Element).closest('[data-check]') !== null;
    if (event.shiftKey && this.selection.anchor !== null) this.listener.selectRange(this.selection.anchor, index);
    else if (event.ctrlKey || event.metaKey || event.shiftKey || isCheck) this.toggle(row.id, index);
    else {
      this.selection.moveTo(index);
      this.selectionChanged();
      this.listener.open(row.id, false);
    }
  };

  private readonly onDoubleClick = (event: MouseEvent): void => {
    const index = indexAt(event);
    const row = index === null ? undefined : this.pages.row(index);
    if (row) this.listener.openFile(row.id);
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const index = indexAt(event) ?? this.current;
    const row = this.pages.row(index);
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (!row) return;
      if (event.key === ' ') this.toggle(row.id, index);
      else this.listener.open(row.id, true);
      return;
    }
    if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (this.layout.count > 0) this.listener.selectAll();
      return;
    }
    const pageRows = Math.floor(this.height / this.layout.rowHeight);
    const target = this.layout.count === 0 ? null : cellAfterKey(event.key, index, this.layout, pageRows);
    if (target === null || event.altKey) {
      if (this.listener.pressed(event, row?.id ?? null)) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (event.shiftKey) {
      if (this.selection.anchor === null) this.selection.setAnchor(index);
      this.listener.selectRange(this.selection.anchor ?? index, target);
    }
    const group = this.headings.groupOf(target);
    if (group && group !== this.headings.groupOf(index)) this.listener.enteredGroup(group);
    this.goTo(target);
  };

  private readonly onFocusIn = (event: FocusEvent): void => {
    const index = indexAt(event);
    if (index === null) return;
    if (index !== this.current) this.moveCurrent(index);
    const cell = event.target as HTMLElement;
    const row = this.pages.row(index);
    if (row && cell.matches(':focus-visible')) this.listener.hover(row, cell.getBoundingClientRect());
  };

  /** Not `pointerover`, which also tells of cells that came under a resting pointer. */
  private readonly onPointerMove = (event: PointerEvent): void => {
    const cell = cellAt(event);
    const row = cell && this.pages.row(Number(cell.dataset.index));
    this.listener.hover(row ?? null, row && cell ? cell.getBoundingClientRect() : null);
  };

  /** `error` of an image does not bubble; it is heard on its way down. */
  private onImageError(event: Event): void {
    const cell = cellAt(event);
    const row = cell && this.pages.row(Number(cell.dataset.index));
    if (row && event.target instanceof HTMLImageElement) {
      this.thumbnails.broken(row.id, event.target.getAttribute('src') ?? '');
    }
  }

  /** Leaves the element alone where it stands right already: setting its position would stop a smooth scroll. */
  private settle(): void {
    const before = this.scrollMap.scrollTop;
    this.scrollMap.settle();
    if (this.scrollMap.scrollTop === before) return;
    this.mustPlace = true;
    this.requestUpdate();
  }

  private goTo(index: number): void {
    this.scrollMap.moveTo(scrollTopToShow(this.layout, index, this.scrollMap.top, this.height));
    this.mustPlace = true;
    this.moveCurrent(index);
    void this.updateComplete.then(() => this.cellElement(index)?.focus({ preventScroll: true }));
  }

  private moveCurrent(index: number): void {
    this.current = index;
    this.listener.moved(this.pages.row(index)?.id ?? null);
    this.requestUpdate();
  }

  private toggle(id: number, index: number): void {
    this.selection.toggle(id, index);
    this.selectionChanged();
  }

  private selectionChanged(): void {
    this.listener.selectionChanged();
    this.requestUpdate();
  }

  private measure(): void {
    this.width = this.scroller.clientWidth;
    this.height = this.scroller.clientHeight;
  }

  private get firstIndex(): number {
    const range = visibleRows(this.layout, this.scrollMap.top + this.layout.rowHeight / 2, 1, 0);
    return range ? cellsOf(this.layout, range.first).first : 0;
  }

  private get scroller(): HTMLElement {
    return this.querySelector<HTMLElement>('.grid-scroll')!;
  }

  private cellElement(index: number): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-index="${index}"]`);
  }
}
