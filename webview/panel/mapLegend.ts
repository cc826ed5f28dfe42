import { html, type TemplateResult } from 'lit';
import { formatCount, formatShare } from '../shared/formats';
import { styled } from '../shared/styled';
import { categoryCounts, type CategoryCount } from './categoryCounts';
import { legendColor, NO_CATEGORY } from './map/palette';

interface ColoredPoints {
  readonly categories: Uint8Array;
  readonly labels: readonly string[];
}

/** What the colours of the map mean, with how many points have each; a label is a button that picks its facet. */
export function mapLegend(
  points: ColoredPoints,
  mask: Uint8Array | null,
  picked: readonly string[],
  pick: (label: string, picked: boolean) => void,
): TemplateResult {
  if (points.labels.length === 0) return html``;
  const { labeled, none } = categoryCounts(points.categories, points.labels, mask);
  return html`<ul class="legend" aria-label="Colours of the map">
    ${points.labels.map((label, index) => {
      const count = labeled[index];
      const isPicked = picked.includes(label);
      return html`<li>
        <button
          type="button"
          class="legend-entry"
          aria-pressed=${isPicked ? 'true' : 'false'}
          aria-label="${label}, ${formatShare(count.matching, count.total)}"
          @click=${() => pick(label, !isPicked)}
        >
          ${entry(label, index, count)}
        </button>
      </li>`;
    })}
    ${none.total > 0 ? html`<li class="legend-entry muted">${entry('none', NO_CATEGORY, none)}</li>` : ''}
  </ul>`;
}

function entry(label: string, category: number, { matching, total }: CategoryCount): TemplateResult {
  const counts = matching === total ? formatCount(total) : `${formatCount(matching)} / ${formatCount(total)}`;
  return html`<span class="legend-color" aria-hidden="true" ${styled({ background: legendColor(category) })}></span>
    <span>${label}</span> <span class="muted numbers">${counts}</span>`;
}
