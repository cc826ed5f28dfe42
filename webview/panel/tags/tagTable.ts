import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { TagSummary } from '../../../src/protocol/tagApi';
import { formatCount } from '../../shared/formats';
import { icon, iconButton } from '../../shared/icon';

export type TagSort = 'tag' | 'samples' | 'undecided';

export interface TagTableView {
  readonly tags: readonly TagSummary[];
  readonly sort: TagSort;
  readonly selected: ReadonlySet<string>;
}

export interface TagTableActions {
  sortBy(sort: TagSort): void;
  select(tags: readonly string[], selected: boolean): void;
  showImages(tag: string): void;
}

/** All tags of the dataset, with where they come from. */
export function tagTable(view: TagTableView, actions: TagTableActions): TemplateResult {
  const { tags, selected } = view;
  const chosen = tags.filter(({ tag }) => selected.has(tag)).length;
  return html`<div class="table-scroll" role="region" aria-label="All tags" tabindex="0">
    <table class="table">
      <thead>
        <tr>
          <th scope="col" class="table-check">
            <input
              type="checkbox"
              aria-label="Select all tags shown"
              .checked=${live(chosen > 0 && chosen === tags.length)}
              .indeterminate=${live(chosen > 0 && chosen < tags.length)}
              @change=${(event: Event) =>
                actions.select(
                  tags.map(({ tag }) => tag),
                  (event.target as HTMLInputElement).checked,
                )}
            />
          </th>
          ${sortable(view, actions, 'tag', 'Tag')}
          <th scope="col">Dimension</th>
          ${sortable(view, actions, 'samples', 'Images')}
          <th scope="col" class="table-number">From people</th>
          ${sortable(view, actions, 'undecided', 'Undecided')}
          <th scope="col">Aliases</th>
          <th scope="col">Brings along</th>
          <th scope="col"><span class="visually-hidden">Show images</span></th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          tags,
          ({ tag }) => tag,
          (tag) => row(tag, selected.has(tag.tag), actions),
        )}
      </tbody>
    </table>
  </div>`;
}

function sortable(view: TagTableView, actions: TagTableActions, sort: TagSort, title: string): TemplateResult {
  const isSorted = view.sort === sort;
  const order = sort === 'tag' ? 'ascending' : 'descending';
  return html`<th scope="col" class=${sort === 'tag' ? '' : 'table-number'} aria-sort=${isSorted ? order : 'none'}>
    <button
      type="button"
      class="table-sort"
      title="Sort by ${title.toLowerCase()}"
      @click=${() => actions.sortBy(sort)}
    >
      ${title} ${isSorted ? icon(sort === 'tag' ? 'arrow-up' : 'arrow-down') : ''}
    </button>
  </th>`;
}

function row(summary: TagSummary, isSelected: boolean, actions: TagTableActions): TemplateResult {
  const { tag, dimension, samples, byPerson, undecided, aliases, implies, inVocabulary } = summary;
  return html`<tr class=${isSelected ? 'chosen' : ''}>
    <td class="table-check">
      <input
        type="checkbox"
        aria-label="Select ${tag}"
        .checked=${live(isSelected)}
        @change=${(event: Event) => actions.select([tag], (event.target as HTMLInputElement).checked)}
      />
    </td>
    <th scope="row" title=${inVocabulary ? 'Models are asked about it' : ''}>
      ${tag}${inVocabulary ? html` <span class="muted table-mark" aria-hidden="true">${icon('book')}</span>` : ''}
    </th>
    <td class="muted">${dimension}</td>
    <td class="table-number numbers">${formatCount(samples)}</td>
    <td class="table-number numbers">${formatCount(byPerson)}</td>
    <td class="table-number numbers">${formatCount(undecided)}</td>
    <td>${aliases.join(', ')}</td>
    <td>${implies.join(', ')}</td>
    <td>${iconButton('file-media', `Show images with ${tag}`, () => actions.showImages(tag))}</td>
  </tr>`;
}
