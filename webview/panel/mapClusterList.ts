import { html, nothing, type TemplateResult } from 'lit';
import { formatCount, plural } from '../shared/formats';
import { styled } from '../shared/styled';
import type { CategoryCount } from './categoryCounts';
import { legendColor } from './map/palette';
import type { SelectionMode } from './map/mapSelection';
import type { Clusters } from './mapData';

/** The crowds of the map, each a button that selects its images; with Control or Shift it adds them. */
export function mapClusterList(
  { clusters }: Clusters,
  counts: readonly CategoryCount[],
  isColored: boolean,
  select: (cluster: number, mode: SelectionMode) => void,
): TemplateResult | typeof nothing {
  if (clusters.length === 0) return nothing;
  return html`<details class="map-clusters" ?open=${isColored}>
    <summary>${plural(clusters.length, 'cluster')}</summary>
    <ul class="legend" aria-label="Clusters of the map">
      ${clusters.map(({ name, size }, cluster) => {
        const { matching } = counts[cluster];
        const isPart = matching < size;
        return html`<li>
          <button
            type="button"
            class="legend-entry"
            title="Select these images; with Control add them to the selection"
            aria-label="Select cluster ${name}, ${isPart ? `${formatCount(matching)} of ` : ''}${plural(size, 'image')}"
            @click=${(event: MouseEvent) => select(cluster, isAdding(event) ? 'add' : 'replace')}
          >
            ${
              isColored
                ? html`<span
                    class="legend-color"
                    aria-hidden="true"
                    ${styled({ background: legendColor(cluster) })}
                  ></span>`
                : nothing
            }
            <span>${name}</span>
            <span class="muted numbers">${isPart ? `${formatCount(matching)} / ` : ''}${formatCount(size)}</span>
          </button>
        </li>`;
      })}
    </ul>
  </details>`;
}

function isAdding({ ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  return ctrlKey || metaKey || shiftKey;
}
