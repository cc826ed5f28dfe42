import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FacetDimension } from '../../src/protocol/viewApi';
import { formatCount, formatShare } from '../shared/formats';
import { icon } from '../shared/icon';
import { styled } from '../shared/styled';
import { abridge } from './abridge';
import { groupEmpty, isEmpty } from './emptyFacets';
import type { SidebarState } from './sidebarState';

type FacetValue = FacetDimension['values'][number];

interface FacetActions {
  pick(dimension: string, value: string, picked: boolean): void;
  fold(dimension: string): void;
  showAll(dimension: string): void;
  /** Runs what fills an empty dimension. */
  fill(command: NonNullable<FacetDimension['next']>): void;
}

/** The facets: for each dimension its values with how many images have them, to pick from. */
export function facetList(
  dimensions: readonly FacetDimension[],
  remembered: SidebarState,
  actions: FacetActions,
): TemplateResult {
  return html`<div class="facets">
    ${repeat(
      groupEmpty(dimensions),
      ([first]) => first.name,
      (group) => facetSection(group, remembered, actions),
    )}
  </div>`;
}

/** @param group one dimension, or several that are empty for one reason */
function facetSection(
  group: readonly FacetDimension[],
  remembered: SidebarState,
  actions: FacetActions,
): TemplateResult {
  const dimension = group[0];
  const { name } = dimension;
  const title = group.map((each) => each.title).join(', ');
  const isOpen = !remembered.folded.includes(name);
  const picked = dimension.values.filter((value) => value.picked).length;
  const headingId = `facet-${name}`;
  return html`<section class="facet" aria-labelledby=${headingId}>
    <h3 class="facet-heading">
      <button
        type="button"
        id=${headingId}
        aria-expanded=${isOpen ? 'true' : 'false'}
        @click=${() => actions.fold(name)}
      >
        ${icon(isOpen ? 'chevron-down' : 'chevron-right')}
        <span class="facet-title ellipsis">${title}</span>
        ${picked > 0 ? html`<span class="facet-picked numbers">${picked} picked</span>` : nothing}
      </button>
    </h3>
    ${isOpen ? facetBody(dimension, remembered.unabridged.includes(name), actions) : nothing}
  </section>`;
}

function facetBody(dimension: FacetDimension, unabridged: boolean, actions: FacetActions): TemplateResult {
  const { name, title, values } = dimension;
  if (isEmpty(dimension)) return emptyBody(dimension, actions);
  const { shown, hidden } = abridge(values, unabridged);
  const largest = Math.max(1, ...values.map((value) => value.total));
  return html`<div role="group" aria-label=${title}>
      ${repeat(
        shown,
        (value) => value.value,
        (value) => facetRow(name, value, largest, actions),
      )}
    </div>
    ${
      abridge(values, false).hidden > 0
        ? html`<button type="button" class="link-button facet-more" @click=${() => actions.showAll(name)}>
            ${hidden > 0 ? `Show ${formatCount(hidden)} more` : 'Show fewer'}
          </button>`
        : nothing
    }`;
}

const FILL_LABELS: Record<NonNullable<FacetDimension['next']>, string> = {
  autoTag: 'Auto-Tag',
  chooseProvider: 'Choose a model…',
};

function emptyBody({ hint, next }: FacetDimension, actions: FacetActions): TemplateResult {
  return html`<p class="facet-hint">${hint ?? 'No image has a value here.'}</p>
    ${
      next === null
        ? nothing
        : html`<button type="button" class="link-button facet-fill" @click=${() => actions.fill(next)}>
            ${FILL_LABELS[next]}
          </button>`
    }`;
}

function facetRow(dimension: string, value: FacetValue, largest: number, actions: FacetActions): TemplateResult {
  const width = (count: number) => ({ width: `${((100 * count) / largest).toFixed(2)}%` });
  const none = value.matching === 0 && !value.picked;
  return html`<label class="facet-row ${none ? 'none' : ''} ${value.picked ? 'picked' : ''}" title=${value.label}>
    <span class="check-box">
      <input
        type="checkbox"
        aria-label="${value.label}, ${formatShare(value.matching, value.total)}"
        .checked=${live(value.picked)}
        @change=${(event: Event) => actions.pick(dimension, value.value, (event.target as HTMLInputElement).checked)}
      />
      ${icon('check')}
    </span>
    <span class="facet-value ellipsis">${value.label}</span>
    <span class="facet-bar" aria-hidden="true">
      <span class="facet-bar-total" ${styled(width(value.total))}></span>
      <span class="facet-bar-matching" ${styled(width(value.matching))}></span>
    </span>
    <span class="facet-count numbers" aria-hidden="true"
      >${formatCount(value.matching)}${
        value.matching === value.total ? nothing : html`<span class="facet-total"> / ${formatCount(value.total)}</span>`
      }</span
    >
  </label>`;
}
