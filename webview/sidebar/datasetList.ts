import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DatasetSummary } from '../../src/protocol/viewApi';
import { plural } from '../shared/formats';
import { icon, iconButton } from '../shared/icon';
import { describeCounts } from './datasetWords';

interface DatasetActions {
  choose(id: string): void;
  openPanel(): void;
  showFailed(): void;
}

/**
 * The datasets of the workspace, the one shown marked.
 *
 * @param isUnindexed it is known that the one shown has no database
 */
export function datasetList(
  datasets: readonly DatasetSummary[],
  active: string | null,
  isUnindexed: boolean,
  actions: DatasetActions,
): TemplateResult {
  return html`<section class="datasets" aria-labelledby="datasets-heading">
    <h2 class="section-heading" id="datasets-heading">Datasets</h2>
    <ul>
      ${repeat(
        datasets,
        (dataset) => dataset.id,
        (dataset) => html`<li>${datasetRow(dataset, dataset.id === active, isUnindexed, actions)}</li>`,
      )}
    </ul>
  </section>`;
}

function datasetRow(
  dataset: DatasetSummary,
  isActive: boolean,
  isUnindexed: boolean,
  actions: DatasetActions,
): TemplateResult {
  const counts = describeCounts(dataset, isActive && isUnindexed);
  const label = [dataset.name, counts, isActive ? 'shown' : ''].filter((part) => part !== '').join(', ');
  const failed = dataset.counts?.failed ?? 0;
  return html`<div class="dataset ${isActive ? 'active' : ''}">
      <button
        type="button"
        class="dataset-name"
        aria-current=${isActive ? 'true' : 'false'}
        aria-label=${label}
        title=${dataset.folder}
        @click=${() => actions.choose(dataset.id)}
      >
        ${icon(isActive ? 'check' : 'blank')}
        <span class="ellipsis">${dataset.name}</span>
        <span class="dataset-counts muted ellipsis numbers">${counts}</span>
      </button>
      ${isActive && dataset.counts ? iconButton('layout', 'Open grid and map', () => actions.openPanel()) : nothing}
    </div>
    ${
      dataset.readOnly === null
        ? nothing
        : html`<p class="dataset-note">${icon('lock')} <span>Read-only: ${dataset.readOnly}</span></p>`
    }
    ${
      isActive && failed > 0
        ? html`<p class="dataset-note">
            ${icon('warning')}
            <button type="button" class="link-button" @click=${() => actions.showFailed()}>
              Show ${plural(failed, 'failed image')}
            </button>
          </p>`
        : nothing
    }`;
}
