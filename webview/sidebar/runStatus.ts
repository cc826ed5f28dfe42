import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { describeStage } from '../../src/protocol/runStage';
import type { RunStatus } from '../../src/protocol/viewApi';
import { icon } from '../shared/icon';
import { describeProgress } from './runStatusWords';

const OUTCOMES: Record<Exclude<RunStatus['state'], 'running'>, { icon: string; words: string }> = {
  done: { icon: 'pass', words: 'finished' },
  failed: { icon: 'error', words: 'failed' },
  cancelled: { icon: 'circle-slash', words: 'was cancelled' },
};

/** The run under way with its Cancel button, or how the last one ended. */
export function runStatus(run: RunStatus, actions: { cancel(): void }): TemplateResult {
  return run.state === 'running' ? runningStatus(run, () => actions.cancel()) : outcome(run, OUTCOMES[run.state]);
}

function runningStatus(run: RunStatus, cancel: () => void): TemplateResult {
  const stage = describeStage(run);
  return html`<section class="run" aria-label="Run under way">
    <div class="run-head">
      ${icon('sync', true)}
      <span class="run-title">${run.title}: ${stage}</span>
      <vscode-button secondary aria-label="Cancel ${run.title}" @click=${cancel}>Cancel</vscode-button>
    </div>
    <vscode-progress-bar
      aria-label="${run.title}: ${stage}"
      .indeterminate=${run.total === 0}
      .value=${run.done}
      .max=${Math.max(1, run.total)}
    ></vscode-progress-bar>
    <p class="run-numbers muted numbers">${describeProgress(run)}</p>
    ${run.fallback === null ? nothing : html`<p class="run-note">${icon('info')} <span>${run.fallback}</span></p>`}
  </section>`;
}

function outcome(run: RunStatus, { icon: name, words }: { icon: string; words: string }): TemplateResult {
  return html`<section
    class="run run-${run.state}"
    aria-label="Last run"
    role=${run.state === 'failed' ? 'alert' : nothing}
  >
    <div class="run-outcome">${icon(name)} <span>${run.message ?? `${run.title} ${words}.`}</span></div>
  </section>`;
}
