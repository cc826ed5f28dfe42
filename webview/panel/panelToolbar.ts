import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { GridColumn } from '../../src/protocol/savedViewApi';
import type { Filter } from '../../src/protocol/viewApi';
import { hasFilter, selectionName } from '../shared/filterWords';
import { formatCount, formatShare } from '../shared/formats';
import { icon, iconButton } from '../shared/icon';
import type { HostConnection } from '../shared/hostConnection';
import { LARGEST_CELL, SMALLEST_CELL, type PanelState, type ShownSettings } from './panelState';
import type { GridOrder } from './gridOrder';
import './showMenu';
import { sortField, type Grouping, type SortActions } from './sortField';
import type { TagKeys } from './tagging/tagKeys';
import './tagging/tagKeysMenu';
import type { KeyChange } from './tagging/tagKeysMenu';
import type { TagSuggestions } from '../shared/tagOptions';
import './views/viewsMenu';

export interface ToolbarView {
  readonly counts: { readonly matching: number; readonly total: number } | null;
  readonly isWaiting: boolean;
  readonly filter: Filter;
  /** Images selected in the grid. */
  readonly selected: number;
  readonly remembered: PanelState;
  readonly order: GridOrder;
  readonly groupings: readonly Grouping[];
  readonly connection: HostConnection;
  /** The dataset whose images they are. */
  readonly dataset: string | null;
  /** What a view saved now would keep. */
  readonly settings: ShownSettings;
  readonly keys: TagKeys;
  /** The tag bar is about all images that pass the filter. */
  readonly tagsAll: boolean;
}

export interface ToolbarActions extends SortActions {
  clearFilter(): void;
  dropSelection(): void;
  filterToSelection(): void;
  clearSelection(): void;
  findSimilar(): void;
  /** @param isFinal false while the slider still moves */
  resizeCells(size: number, isFinal: boolean): void;
  showColumns(columns: GridColumn[]): void;
  applyView(settings: ShownSettings): void;
  tagAll(on: boolean): void;
  setKey(change: KeyChange): void;
  suggest(text: string): Promise<TagSuggestions>;
}

/** The bar above grid and map: how many images are shown, the selection, order and size of the thumbnails. */
export function panelToolbar(view: ToolbarView, actions: ToolbarActions): TemplateResult {
  const { remembered, filter } = view;
  return html`<div class="toolbar" role="group" aria-label="Images shown">
    <span class="toolbar-count numbers" role="status"
      >${view.counts ? formatShare(view.counts.matching, view.counts.total) : view.isWaiting ? 'Loading …' : ''}</span
    >
    ${filter.selection ? selectionChip(filter.selection, actions) : nothing}
    ${hasFilter(filter) ? iconButton('clear-all', 'Clear filter', () => actions.clearFilter()) : nothing}
    ${view.selected > 0 ? gridSelection(view.selected, actions) : nothing}
    <button
      type="button"
      class="toolbar-button"
      aria-pressed=${view.tagsAll ? 'true' : 'false'}
      aria-label="Tag all images shown"
      title="Tags of all images that pass the filter: give them one, or take one from them"
      @click=${() => actions.tagAll(!view.tagsAll)}
    >
      ${icon('tag')} <span class="toolbar-words">Tag all</span>
    </button>
    <datavisor-tag-keys
      .keys=${view.keys}
      .suggest=${actions.suggest}
      @key-set=${(event: CustomEvent<KeyChange>) => actions.setKey(event.detail)}
    ></datavisor-tag-keys>
    <span class="toolbar-space"></span>
    <datavisor-views-menu
      .connection=${view.connection}
      .settings=${view.settings}
      .filter=${filter}
      .datasetId=${view.dataset}
      @view-applied=${(event: CustomEvent<{ settings: ShownSettings }>) => actions.applyView(event.detail.settings)}
    ></datavisor-views-menu>
    <datavisor-show-menu
      .columns=${remembered.columns}
      @columns-chosen=${(event: CustomEvent<GridColumn[]>) => actions.showColumns(event.detail)}
    ></datavisor-show-menu>
    ${sortField(view, actions)}
    <label class="toolbar-field" title="Thumbnail size">
      ${icon('zoom-in')}
      <input
        type="range"
        class="slider"
        aria-label="Thumbnail size"
        min=${SMALLEST_CELL}
        max=${LARGEST_CELL}
        step="8"
        .value=${live(String(remembered.cellSize))}
        @input=${(event: Event) => actions.resizeCells(Number((event.target as HTMLInputElement).value), false)}
        @change=${(event: Event) => actions.resizeCells(Number((event.target as HTMLInputElement).value), true)}
      />
    </label>
  </div>`;
}

function selectionChip(selection: NonNullable<Filter['selection']>, actions: ToolbarActions): TemplateResult {
  const words = `${selectionName(selection)}: ${formatCount(selection.count)}`;
  return html`<span class="chip">
    <span class="numbers ellipsis" title=${words}>${words}</span>
    ${iconButton('close', 'Drop selection', () => actions.dropSelection())}
  </span>`;
}

function gridSelection(count: number, actions: ToolbarActions): TemplateResult {
  return html`<span class="chip">
    <span class="numbers" role="status">${formatCount(count)} selected</span>
    <button type="button" class="chip-button" @click=${() => actions.filterToSelection()}>Filter to selection</button>
    <button
      type="button"
      class="chip-button"
      title="Shows the images that look most like the selected ones (F)"
      @click=${() => actions.findSimilar()}
    >
      Find similar
    </button>
    ${iconButton('close', 'Clear selection', () => actions.clearSelection())}
  </span>`;
}
