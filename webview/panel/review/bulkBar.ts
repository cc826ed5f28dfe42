import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { formatCount, plural } from '../../shared/formats';
import type { Verdict } from './reviewQueue';
import { queueName } from './reviewWords';

/** At or above the one everything is approved, below the other everything is rejected: 0 to 100. */
export interface BulkLimits {
  readonly approved: number;
  readonly rejected: number;
}

export interface BulkView {
  readonly tag: string | null;
  readonly limits: BulkLimits;
  /** How many suggestions each would decide about. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Which of the two is to be confirmed. */
  readonly asking: Verdict | null;
}

export interface BulkActions {
  setLimit(verdict: Verdict, limit: number): void;
  ask(verdict: Verdict | null): void;
  confirm(verdict: Verdict): void;
}

/** Deciding about many suggestions by their confidence alone. */
export function bulkBar(view: BulkView, actions: BulkActions): TemplateResult {
  return html`<section class="bulk" aria-label="Decide by confidence">
    ${view.asking === null ? nothing : confirmation(view, view.asking, actions)}
    <div class="bulk-rows" ?hidden=${view.asking !== null}>
      ${row('approved', 'Approve all at or above', 'Approve', view, actions)}
      ${row('rejected', 'Reject all below', 'Reject', view, actions)}
    </div>
  </section>`;
}

function row(verdict: Verdict, label: string, verb: string, view: BulkView, actions: BulkActions): TemplateResult {
  const count = view.counts[verdict];
  return html`<div class="bulk-row">
    <label>
      ${label}
      <input
        type="number"
        class="field"
        min="0"
        max="100"
        step="1"
        .value=${live(String(view.limits[verdict]))}
        @change=${(event: Event) => {
          const value = Number((event.target as HTMLInputElement).value);
          actions.setLimit(verdict, Math.min(100, Math.max(0, Number.isFinite(value) ? value : 0)));
        }}
        @input=${(event: Event) => {
          const { value, validity } = event.target as HTMLInputElement;
          if (value !== '' && validity.valid) actions.setLimit(verdict, Number(value));
        }}
      />
      %
    </label>
    <span class="numbers muted" role="status">${plural(count, 'suggestion')}</span>
    <vscode-button
      secondary
      data-bulk=${verdict}
      aria-label="${verb} ${plural(count, 'suggestion')}"
      ?disabled=${count === 0}
      aria-disabled=${count === 0 ? 'true' : 'false'}
      @click=${() => actions.ask(verdict)}
      >${verb} …</vscode-button
    >
  </div>`;
}

function confirmation(view: BulkView, verdict: Verdict, actions: BulkActions): TemplateResult {
  const verb = verdict === 'approved' ? 'Approve' : 'Reject';
  const side = verdict === 'approved' ? 'at or above' : 'below';
  const count = view.counts[verdict];
  return html`<div
    class="bulk-confirm"
    role="alertdialog"
    aria-labelledby="bulk-question"
    aria-describedby="bulk-consequence"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      actions.ask(null);
    }}
  >
    <p id="bulk-question">
      <strong
        >${verb} ${plural(count, 'suggestion')} of ${queueName(view.tag)} ${side} ${view.limits[verdict]} %?</strong
      >
    </p>
    <p id="bulk-consequence" class="muted">It is one step: Undo takes all of it back.</p>
    <div class="bulk-buttons">
      <vscode-button data-confirm @click=${() => actions.confirm(verdict)}>${verb} ${formatCount(count)}</vscode-button>
      <vscode-button secondary @click=${() => actions.ask(null)}>Cancel</vscode-button>
    </div>
  </div>`;
}
