import { html, type TemplateResult } from 'lit';
import type { Operation } from '../../../src/protocol/tagApi';
import { icon } from '../../shared/icon';
import type { UndoHistory } from './undoHistory';

/** Undo and redo, named for what they would do. */
export function undoButtons(history: UndoHistory): TemplateResult {
  const { undo, redo } = history.history;
  return html`${button('discard', 'Undo', undo, () => void history.undo())}
  ${button('redo', 'Redo', redo, () => void history.redo())}`;
}

/** Not `disabled` when there is nothing to do: the focus would be lost with the last step. */
function button(glyph: string, verb: string, operation: Operation | null, run: () => void): TemplateResult {
  const title = operation ? `${verb}: ${operation.title}` : `Nothing to ${verb.toLowerCase()}`;
  return html`<button
    type="button"
    class="icon-button"
    title=${title}
    aria-label=${title}
    aria-disabled=${operation ? 'false' : 'true'}
    @click=${() => operation && run()}
  >
    ${icon(glyph)}
  </button>`;
}
