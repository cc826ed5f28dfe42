import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { GRID_SORTS, type GridSort } from '../../src/protocol/gridSort';
import type { Filter } from '../../src/protocol/viewApi';
import { hasWords } from '../shared/filterWords';
import { iconButton } from '../shared/icon';
import type { GridOrder } from './gridOrder';

/** A facet that makes groups, as the host names it. */
export interface Grouping {
  readonly name: string;
  readonly title: string;
}

export interface SortView {
  readonly order: GridOrder;
  readonly filter: Filter;
  readonly groupings: readonly Grouping[];
}

export interface SortActions {
  reorder(change: Partial<GridOrder>): void;
}

/** Facets whose values are no tags, which nobody is more or less sure of. */
const NO_TAGS = ['status', 'format', 'folder', 'source', 'review'];

/** Whether there is something to sort by: relevance needs words, confidence a picked tag. */
export function canSortBy(sort: GridSort, { text, picks, selection }: Filter): boolean {
  if (sort === 'relevance') return hasWords(text);
  if (sort === 'similarity') return Boolean(selection?.ranked);
  if (sort !== 'confidence') return true;
  return Object.entries(picks).some(([dimension, values]) => !NO_TAGS.includes(dimension) && values.length > 0);
}

/** By what the images of the grid are grouped and sorted. */
export function sortField({ order, filter, groupings }: SortView, actions: SortActions): TemplateResult {
  const shownSort = canSortBy(order.sort, filter) ? order.sort : 'path';
  const choose = (event: Event) => (event.target as HTMLSelectElement).value;
  return html`<label class="toolbar-field">
      <span class="toolbar-label">Group by</span>
      <select @change=${(event: Event) => actions.reorder({ groupBy: choose(event) || null })}>
        <option value="" .selected=${live(order.groupBy === null)}>Nothing</option>
        ${groupings.map(
          ({ name, title }) => html`<option value=${name} .selected=${live(name === order.groupBy)}>${title}</option>`,
        )}
      </select>
    </label>
    <label class="toolbar-field">
      <span class="toolbar-label">Sort by</span>
      <select @change=${(event: Event) => actions.reorder({ sort: choose(event) as GridSort })}>
        ${(Object.keys(GRID_SORTS) as GridSort[]).map(
          (sort) =>
            html`<option value=${sort} ?disabled=${!canSortBy(sort, filter)} .selected=${live(sort === shownSort)}>
              ${GRID_SORTS[sort]}
            </option>`,
        )}
      </select>
    </label>
    ${iconButton(
      order.descending ? 'arrow-down' : 'arrow-up',
      'Sort descending',
      () => actions.reorder({ descending: !order.descending }),
      order.descending,
    )}`;
}
