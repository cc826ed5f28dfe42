import { html, type TemplateResult } from 'lit';

/** Stands where facets will be, while they load. */
export function facetSkeleton(): TemplateResult {
  const widths = ['w60', 'w90', 'w75', 'w85', 'w60', 'w80', 'w70', 'w90'];
  return html`<div class="facet-skeleton" role="status" aria-label="Loading">
    ${widths.map((width) => html`<div class="skeleton ${width}"></div>`)}
  </div>`;
}
