import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { formatCount } from '../../shared/formats';
import { iconButton } from '../../shared/icon';
import type { QueuePage } from './pageLayout';
import { acceptRestWords } from './reviewWords';

export interface PageBarView {
  readonly page: QueuePage;
  readonly size: number;
  /** Undecided suggestions of the page: those marked as wrong, and the others. */
  readonly wrong: number;
  readonly right: number;
}

export interface PageBarActions {
  turn(direction: 1 | -1): void;
  acceptRest(): void;
}

/** Which page of the queue is shown, and the decision about all of it at once. */
export function pageBar({ page, size, wrong, right }: PageBarView, actions: PageBarActions): TemplateResult {
  return html`<div class="page-bar" role="group" aria-label="Page">
    ${iconButton('arrow-left', 'Previous page', () => actions.turn(-1))}
    <span class="numbers"
      >Page ${formatCount(page.number + 1)} of ${formatCount(page.pages)}
      <span class="muted"
        >(${formatCount(page.first + 1)}–${formatCount(page.last + 1)} of ${formatCount(size)})</span
      ></span
    >
    ${iconButton('arrow-right', 'Next page', () => actions.turn(1))}
    <span class="toolbar-space"></span>
    <span class="numbers muted" role="status">${wrong > 0 ? `${formatCount(wrong)} marked as wrong` : nothing}</span>
    <vscode-button
      icon="check-all"
      title="Approves what is not marked and rejects what is, then shows the next page (Shift+Enter)"
      @click=${() => actions.acceptRest()}
      >${right + wrong === 0 ? 'Next Page' : `Accept the Rest: ${acceptRestWords(right, wrong)}`}</vscode-button
    >
  </div>`;
}
