import { html, type TemplateResult } from 'lit';
import type { ViewState } from '../../src/protocol/viewApi';
import { icon, iconButton } from '../shared/icon';
import { providerWords } from './providerWords';

/** What tags the images of this workspace, and the ways to change that. */
export function providerLine(
  provider: ViewState['provider'],
  actions: { choose(): void; manage(): void },
): TemplateResult {
  const words = providerWords(provider);
  return html`<div class="provider" role="group" aria-label="Provider">
    ${icon('sparkle')}
    <span class="provider-name ellipsis" title=${words}>${words}</span>
    <button type="button" class="link-button" aria-label="Change provider" @click=${() => actions.choose()}>
      Change
    </button>
    ${iconButton('package', 'Manage models', () => actions.manage())}
  </div>`;
}
