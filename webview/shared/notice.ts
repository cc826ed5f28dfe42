import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { icon, iconButton } from './icon';

export interface NoticeAction {
  readonly label: string;
  readonly icon?: string;
  run(): void;
}

export interface NoticeContent {
  readonly icon: string;
  readonly title: string;
  /** What this means and what to do next. */
  readonly text: string | TemplateResult;
  /** The first is the recommended one. */
  readonly actions?: readonly NoticeAction[];
  /** Read out at once by screen readers: for failures. */
  readonly urgent?: boolean;
}

/** What stands in place of data that is not there (yet): why, and the next step. */
export function notice(content: NoticeContent): TemplateResult {
  const buttons = (content.actions ?? []).map(
    (action, index) =>
      html`<vscode-button ?secondary=${index > 0} icon=${action.icon ?? ''} block @click=${() => action.run()}
        >${action.label}</vscode-button
      >`,
  );
  return html`<section class="notice" role=${content.urgent ? 'alert' : nothing}>
    <h2 class="notice-title">${icon(content.icon)} ${content.title}</h2>
    <p class="notice-text">${content.text}</p>
    ${buttons.length > 0 ? html`<div class="notice-actions">${buttons}</div>` : nothing}
  </section>`;
}

/**
 * What stands in place of data that could not be read.
 *
 * @param retry null where trying again is no use
 */
export function failureNotice(title: string, text: string, retry: (() => void) | null): TemplateResult {
  const actions = retry ? [{ label: 'Try Again', icon: 'refresh', run: retry }] : [];
  return notice({ icon: 'error', title, text, urgent: true, actions });
}

/** A failure of something that was just tried, above the data that still stands. */
export function failureBar(message: string | null, onDismiss: () => void): TemplateResult | typeof nothing {
  if (message === null) return nothing;
  return html`<div class="failure-bar" role="alert">
    ${icon('error')}
    <span class="failure-text">${message}</span>
    ${iconButton('close', 'Dismiss error', onDismiss)}
  </div>`;
}
