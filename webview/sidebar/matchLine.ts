import { html, nothing, type TemplateResult } from 'lit';
import type { Filter } from '../../src/protocol/viewApi';
import { hasFilter, selectionName } from '../shared/filterWords';
import { formatCount, formatShare } from '../shared/formats';
import { icon, iconButton } from '../shared/icon';
import { notice } from '../shared/notice';

interface MatchActions {
  clear(): void;
  dropSelection(): void;
}

/** How many images pass the filter, and the ways out of it. */
export function matchLine(
  counts: { matching: number; total: number },
  filter: Filter,
  actions: MatchActions,
): TemplateResult {
  const filtered = hasFilter(filter);
  return html`<section class="match" aria-label="Images that pass the filter">
    <div class="match-line">
      <span class="numbers" role="status">${formatShare(counts.matching, counts.total)}</span>
      ${
        filtered
          ? html`<button type="button" class="link-button" aria-label="Clear filter" @click=${() => actions.clear()}>
              Clear
            </button>`
          : nothing
      }
    </div>
    ${
      filter.selection
        ? html`<div class="selection-line">
            ${icon('list-selection')}
            <span class="ellipsis numbers"
              >${selectionName(filter.selection)}: ${formatCount(filter.selection.count)}</span
            >
            ${iconButton('close', 'Drop selection', () => actions.dropSelection())}
          </div>`
        : nothing
    }
    ${
      counts.matching === 0 && filtered
        ? notice({
            icon: 'search-stop',
            title: 'No image passes the filter',
            text: 'Take back a facet, change the text, or clear the whole filter.',
            actions: [{ label: 'Clear Filter', icon: 'clear-all', run: () => actions.clear() }],
          })
        : nothing
    }
  </section>`;
}
