import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { formatCount } from '../../shared/formats';
import { icon } from '../../shared/icon';
import type { ReviewTags } from './reviewDesk';
import { queueName } from './reviewWords';

/** Above a queue of which everything is decided: where to go on. */
export function finishedBar(
  tag: string | null,
  tags: ReviewTags | undefined,
  choose: (tag: string) => void,
  undo: () => void,
): TemplateResult {
  const next = tags?.tags.find((other) => other.tag !== tag && other.undecided > 0);
  return html`<div class="finished-bar">
    ${icon('pass')}
    <span>Everything in ${queueName(tag)} is decided.</span>
    ${
      next
        ? html`<vscode-button @click=${() => choose(next.tag)}
            >Next: ${next.tag} (${formatCount(next.undecided)})</vscode-button
          >`
        : nothing
    }
    <button type="button" class="link-button" @click=${undo}>Undo the last decision</button>
  </div>`;
}
