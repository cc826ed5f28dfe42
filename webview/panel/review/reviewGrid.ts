import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LightElement } from '../../shared/lightElement';
import { cellAfterKey, indexAt } from '../grid/gridKeys';
import { layoutPage, pageAt, type PageLayout, type QueuePage } from './pageLayout';
import type { PageMarks } from './pageMarks';
import { reviewCell } from './reviewCell';
import type { ReviewQueue } from './reviewQueue';
import type { ReviewRows } from './reviewRows';

/** Least width of a thumbnail in CSS pixels. */
const CELL_SIZE = 120;

export interface ReviewGridListener {
  /** Another suggestion is the current one. */
  moved(index: number): void;
  marksChanged(): void;
  open(index: number): void;
  /** So many suggestions are on a page now. */
  resized(pageSize: number): void;
}

/**
 * One page of suggestions as thumbnails. The page is the one that holds the current suggestion; one cell is in the tab
 * order, and it is the current one.
 */
@customElement('datavisor-review-grid')
export class ReviewGrid extends LightElement {
  @property({ attribute: false }) queue!: ReviewQueue;
  @property({ attribute: false }) rows!: ReviewRows;
  @property({ attribute: false }) marks!: PageMarks;
  @property({ attribute: false }) listener!: ReviewGridListener;
  @property({ attribute: false }) current = 0;
  @property({ attribute: false }) showTags = false;
  @property({ attribute: false }) label = '';
  @state() private layout: PageLayout = layoutPage(0, 0, CELL_SIZE);
  private readonly observer = new ResizeObserver(() => this.measure());
  private hadFocus = false;

  focusCurrent(): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-index="${this.current}"]`)?.focus());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  protected override firstUpdated(): void {
    this.observer.observe(this);
    this.measure();
  }

  protected override willUpdate(): void {
    this.hadFocus = this.querySelector('[role=grid]')?.contains(document.activeElement) ?? false;
    const { first, last } = this.page;
    const next = Math.min(this.queue.size - 1, last + this.layout.size);
    this.rows.want(Array.from({ length: next - first + 1 }, (_, offset) => this.queue.item(first + offset).id));
  }

  protected override render(): TemplateResult {
    const { columns } = this.layout;
    const { first, last, number, pages } = this.page;
    const rowCount = Math.ceil((last - first + 1) / columns);
    return html`<div
      role="grid"
      aria-label="${this.label}, page ${number + 1} of ${pages}"
      aria-multiselectable="true"
      aria-rowcount=${rowCount}
      aria-colcount=${columns}
      @click=${this.onClick}
      @dblclick=${this.onDoubleClick}
      @keydown=${this.onKeyDown}
      @focusin=${this.onFocusIn}
      @error=${{ handleEvent: (event: Event) => this.onImageError(event), capture: true }}
    >
      ${Array.from({ length: rowCount }, (_, row) => this.renderRow(first + row * columns, last, row))}
    </div>`;
  }

  protected override updated(): void {
    if (!this.hadFocus) return;
    const cell = this.querySelector<HTMLElement>(`[data-index="${this.current}"]`);
    if (cell !== document.activeElement) cell?.focus();
  }

  private renderRow(start: number, last: number, row: number): TemplateResult {
    const count = Math.min(this.layout.columns, last - start + 1);
    return html`<div role="row" class="review-row" aria-rowindex=${row + 1}>
      ${Array.from({ length: count }, (_, column) => this.renderCell(start + column, column))}
    </div>`;
  }

  private renderCell(index: number, column: number): TemplateResult {
    const item = this.queue.item(index);
    return reviewCell({
      item,
      column,
      width: this.layout.cellWidth,
      row: this.rows.row(item.id),
      thumbnail: this.rows.thumbnail(item.id),
      isCurrent: index === this.current,
      isMarked: this.marks.has(index),
      showTag: this.showTags,
    });
  }

  private readonly onClick = (event: MouseEvent): void => {
    const index = indexAt(event);
    if (index === null) return;
    if (event.shiftKey) this.marks.extend(this.current, index, this.canMark);
    else if (this.canMark(index)) this.marks.toggle(index);
    this.listener.moved(index);
    this.listener.marksChanged();
  };

  /** The two clicks before it have marked and unmarked. */
  private readonly onDoubleClick = (event: MouseEvent): void => {
    const index = indexAt(event);
    if (index !== null) this.listener.open(index);
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || !/^(Arrow|Home|End)/.test(event.key)) return;
    const target = this.targetOf(event.key);
    if (target === null) return;
    event.preventDefault();
    if (event.shiftKey && target >= this.page.first && target <= this.page.last) {
      this.marks.extend(this.current, target, this.canMark);
      this.listener.marksChanged();
    }
    this.listener.moved(target);
  };

  private readonly onFocusIn = (event: FocusEvent): void => {
    const index = indexAt(event);
    if (index !== null && index !== this.current) this.listener.moved(index);
  };

  /** `error` of an image does not bubble; it is heard on its way down. */
  private onImageError(event: Event): void {
    const index = indexAt(event);
    if (index === null || !(event.target instanceof HTMLImageElement)) return;
    this.rows.broken(this.queue.item(index).id, event.target.getAttribute('src') ?? '');
  }

  private get page(): QueuePage {
    return pageAt(this.current, this.layout.size, this.queue.size);
  }

  private readonly canMark = (index: number): boolean => this.queue.state(index) === 'undecided';

  private targetOf(key: string): number | null {
    const { first, last } = this.page;
    if (key === 'ArrowRight' && this.current === last) return Math.min(last + 1, this.queue.size - 1);
    if (key === 'ArrowLeft' && this.current === first) return Math.max(first - 1, 0);
    const { columns } = this.layout;
    const count = last - first + 1;
    const target = cellAfterKey(key, this.current - first, { count, columns, rows: Math.ceil(count / columns) }, 1);
    return target === null ? null : first + target;
  }

  private measure(): void {
    if (this.clientWidth === 0) return; // not shown
    const layout = layoutPage(this.clientWidth, this.clientHeight, CELL_SIZE);
    const isSame = layout.columns === this.layout.columns && layout.cellWidth === this.layout.cellWidth;
    if (!isSame || layout.rows !== this.layout.rows) {
      this.layout = layout;
      this.listener.resized(layout.size);
    }
  }
}
