import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { ReviewOrder } from '../../../src/protocol/reviewApi';
import { formatCount } from '../../shared/formats';
import { icon, iconButton } from '../../shared/icon';
import { styled } from '../../shared/styled';
import type { ReviewQueue } from './reviewQueue';
import type { ReviewState } from './reviewState';

const ORDERS: Record<ReviewOrder, string> = {
  useful: 'Most useful first',
  confident: 'Surest first',
  unsure: 'Least sure first',
};

const MODES: readonly (readonly [ReviewState['mode'], string, string])[] = [
  ['grid', 'Grid', 'table'],
  ['single', 'One by One', 'file-media'],
  ['rates', 'Rates', 'graph'],
];

export interface QueueHeaderView {
  readonly tag: string | null;
  readonly mode: ReviewState['mode'];
  readonly order: ReviewOrder;
  readonly queue: ReviewQueue | undefined;
  readonly newItems: number;
  /** Decisions are on their way to the database. */
  readonly isSaving: boolean;
  readonly isBulkOpen: boolean;
}

export interface QueueHeaderActions {
  setMode(mode: ReviewState['mode']): void;
  setOrder(order: ReviewOrder): void;
  toggleBulk(): void;
  refresh(): void;
  showKeys(): void;
}

/** Above the queue: what is reviewed, how far that is, and how it is looked at. */
export function queueHeader(view: QueueHeaderView, actions: QueueHeaderActions): TemplateResult {
  const { mode, queue } = view;
  return html`<header class="queue-header">
    <h2 class="ellipsis">${view.tag ?? 'All tags'}</h2>
    ${mode === 'rates' || !queue ? nothing : progress(queue, view.isSaving)}
    ${
      mode !== 'rates' && view.newItems > 0
        ? html`<button type="button" class="link-button" @click=${() => actions.refresh()}>
            ${icon('refresh')} ${formatCount(view.newItems)} new – refresh
          </button>`
        : nothing
    }
    <span class="toolbar-space"></span>
    ${mode === 'rates' ? nothing : queueControls(view, actions)}
    <span class="queue-modes">
      <span class="segments" role="group" aria-label="How to look at suggestions">
        ${MODES.map(
          ([name, title, glyph]) =>
            html`<button
              type="button"
              class="segment"
              aria-pressed=${name === mode ? 'true' : 'false'}
              @click=${() => actions.setMode(name)}
            >
              ${icon(glyph)} ${title}
            </button>`,
        )}
      </span>
      ${mode === 'rates' ? nothing : iconButton('keyboard', 'Keys (?)', () => actions.showKeys())}
    </span>
  </header>`;
}

function queueControls(view: QueueHeaderView, actions: QueueHeaderActions): TemplateResult {
  return html`<select
      class="field"
      aria-label="Order"
      @change=${(event: Event) => actions.setOrder((event.target as HTMLSelectElement).value as ReviewOrder)}
    >
      ${Object.entries(ORDERS).map(
        ([order, name]) => html`<option value=${order} .selected=${live(order === view.order)}>${name}</option>`,
      )}
    </select>
    <button
      type="button"
      class="segment lone"
      aria-expanded=${view.isBulkOpen ? 'true' : 'false'}
      @click=${() => actions.toggleBulk()}
    >
      ${icon('layers')} By Confidence
    </button>`;
}

function progress({ size, remaining }: ReviewQueue, isSaving: boolean): TemplateResult | typeof nothing {
  if (size === 0) return nothing;
  const done = size - remaining;
  const words = `${formatCount(done)} of ${formatCount(size)} decided`;
  return html`<span
      class="queue-progress"
      role="progressbar"
      aria-label="Decided in this queue"
      aria-valuemin="0"
      aria-valuemax=${size}
      aria-valuenow=${done}
      aria-valuetext=${words}
      aria-busy=${isSaving ? 'true' : 'false'}
      ><span ${styled({ width: `${(100 * done) / size}%` })}></span
    ></span>
    <span class="numbers muted">${words}</span>`;
}
