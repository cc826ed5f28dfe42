import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RunSummary } from '../../../src/protocol/runsApi';
import { icon } from '../../shared/icon';
import { localTime, runNumbers, runOutcome, runShare, runTitle } from './runWords';
import { undoPanel, type PendingUndo } from './undoPanel';

interface RunListView {
  readonly unfolded: ReadonlySet<number>;
  readonly undo: PendingUndo | null;
  /** Why runs can be neither undone nor restored now, or null. */
  readonly blocked: string | null;
}

interface RunActions {
  fold(id: number): void;
  askUndo(run: RunSummary): void;
  undo(run: RunSummary): void;
  keep(): void;
  restore(run: RunSummary): void;
}

/** The runs of the dataset, the newest first. */
export function runList(runs: readonly RunSummary[], view: RunListView, actions: RunActions): TemplateResult {
  if (runs.length === 0) return html`<p class="muted">Nothing has run here yet. Auto-Tag begins the history.</p>`;
  return html`<ul class="run-list" aria-label="Runs">
    ${repeat(
      runs,
      ({ id }) => id,
      (run) => html`<li>${runRow(run, view, actions)}</li>`,
    )}
  </ul>`;
}

function runRow(run: RunSummary, view: RunListView, actions: RunActions): TemplateResult {
  const title = runTitle(run);
  const outcome = runOutcome(run);
  const isOpen = view.unfolded.has(run.id);
  const factsId = `run-facts-${run.id}`;
  const name = `${title}, ${localTime(run.startedAt)}`;
  return html`<article class="run-row run-${outcome.words.replace(' ', '-')}" aria-label="${name}, ${outcome.words}">
    <div class="run-line">
      <button
        type="button"
        class="run-fold"
        aria-expanded=${isOpen ? 'true' : 'false'}
        aria-controls=${isOpen ? factsId : nothing}
        aria-label="Details of ${name}"
        @click=${() => actions.fold(run.id)}
      >
        ${icon(isOpen ? 'chevron-down' : 'chevron-right')} ${icon(outcome.icon, run.outcome === 'running')}
        <span class="run-title ellipsis">${title}</span>
      </button>
      <span class="run-words ellipsis numbers">${outcome.words} · ${runNumbers(run)}</span>
      <time class="run-time numbers" datetime=${run.startedAt}>${localTime(run.startedAt)}</time>
      ${runButton(run, name, view, actions)}
    </div>
    ${run.error === null ? nothing : html`<p class="run-error">${run.error}</p>`}
    ${
      view.undo?.id === run.id
        ? undoPanel(title, view.undo, { confirm: () => actions.undo(run), cancel: () => actions.keep() })
        : nothing
    }
    ${isOpen ? runFacts(run, factsId) : nothing}
  </article>`;
}

function runButton(run: RunSummary, name: string, { blocked }: RunListView, actions: RunActions): TemplateResult {
  if (!run.canUndo && !run.canRestore) return html`<span></span>`;
  const words = run.canUndo ? 'Undo Run…' : 'Restore';
  const act = () => (run.canUndo ? actions.askUndo(run) : actions.restore(run));
  return html`<button
    type="button"
    class="text-button"
    data-run=${run.id}
    aria-label="${words}: ${name}"
    aria-disabled=${blocked === null ? 'false' : 'true'}
    title=${blocked ?? words}
    @click=${() => (blocked === null ? act() : undefined)}
  >
    ${icon(run.canUndo ? 'discard' : 'redo')} ${words}
  </button>`;
}

function runFacts(run: RunSummary, id: string): TemplateResult {
  const share = runShare(run);
  const rows = [...run.settings];
  if (run.endedAt !== null) rows.unshift({ label: 'Ended', value: localTime(run.endedAt) });
  return html`<div class="run-facts" id=${id}>
    ${share === null ? nothing : html`<p>${share}</p>`}
    <dl>
      ${rows.map(
        ({ label, value }) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </div>`;
}
