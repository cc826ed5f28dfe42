import { html, type TemplateResult } from 'lit';
import { iconButton } from '../../shared/icon';
import { KEY_HELP, type ReviewMode } from './reviewKeys';

/** What the keys do, over the queue. */
export function keyHelp(mode: ReviewMode, close: () => void): TemplateResult {
  return html`<section class="key-help" role="dialog" aria-label="Keys" tabindex="-1">
    <header>
      <h2>${mode === 'grid' ? 'Keys in the grid' : 'Keys with one image'}</h2>
      ${iconButton('close', 'Close keys', close)}
    </header>
    <dl>
      ${KEY_HELP[mode].map(
        ([keys, meaning]) =>
          html`<dt><kbd>${keys}</kbd></dt>
            <dd>${meaning}</dd>`,
      )}
    </dl>
  </section>`;
}
