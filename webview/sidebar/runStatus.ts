import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { RunStatus } from '../../src/protocol/viewApi';
import { formatCount, formatRate, formatTimeLeft } from '../shared/formats';
import { icon } from '../shared/icon';

const STAGES: Record<RunStatus['stage'], string> = {
  index: 'Indexing',
  tag: 'Tagging',
  embed: 'Embedding',
  project: 'Mapping',
};

const OUTCOMES: Record<Exclude<RunStatus['state'], 'running'>, { icon: string; words: string }> = {
  done: { icon: 'pass', words: 'finished' },
  failed: { icon: 'error', words: 'failed' },
  cancelled: { icon: 'circle-slash', words: 'was cancelled' },
};

/** The run under way with its Cancel button, or how the last one ended. */
export function runStatus(run: RunStatus, actions: { cancel(): void }): TemplateResult {
  return run.state === 'running' ? runningStatus(run, actions.cancel) : outcome(run, OUTCOMES[run.state]);
}

function runningStatus(run: RunStatus, cancel: () => void): TemplateResult {
  return html`<section class="run" aria-label="Run under way">
    <div class="run-head">
      ${icon('sync', true)}
      <span class="run-title ellipsis">${run.title}: ${STAGES[run.stage]}</span>
      <vscode-button secondary aria-label="Cancel ${run.title}" @click=${cancel}>Cancel</vscode-button>
    </div>
    <vscode-progress-bar
      aria-label="${run.title}: ${STAGES[run.stage]}"
      .indeterminate=${run.total === 0}
      .value=${run.done}
      .max=${Math.max(1, run.total)}
    ></vscode-progress-bar>
    <p class="run-numbers muted numbers">${describeProgress(run)}</p>
  </section>`;
}

function outcome(run: RunStatus, { icon: name, words }: { icon: string; words: string }): TemplateResult {
  return html`<section class="run run-${run.state}" aria-label="Last run" role=${run.state === 'failed' ? 'alert' : nothing}>
    <div class="run-outcome">${icon(name)} <span>${run.message ?? `${run.title} ${words}.`}</span></div>
  </section>`;
}

/** "312 of 1,000 · 45/s · 15 s left · 2 failed"; what is not known yet is left out. */
export function describeProgress(run: RunStatus): string {
  const parts: string[] = [];
  if (run.total > 0) parts.push(`${formatCount(run.done)} of ${formatCount(run.total)}`);
  else parts.push(run.done > 0 ? formatCount(run.done) : 'Starting …');
  if (run.rate !== null) parts.push(formatRate(run.rate));
  if (run.secondsLeft !== null) parts.push(formatTimeLeft(run.secondsLeft));
  if (run.failed > 0) parts.push(`${formatCount(run.failed)} failed`);
  return parts.join(' · ');
}
