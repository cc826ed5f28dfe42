import { html, type TemplateResult } from 'lit';
import { icon } from '../../shared/icon';
import { undoWords, type UndoPreview } from './runWords';

/** What undoing one run would do, before it is done. */
export interface PendingUndo {
  readonly id: number;
  /** Undefined while it is worked out. */
  readonly preview: UndoPreview | undefined;
}

/** The question before a run is undone, with all that it would do. */
export function undoPanel(
  title: string,
  { id, preview }: PendingUndo,
  actions: { confirm(): void; cancel(): void },
): TemplateResult {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    actions.cancel();
  };
  return html`<div
    class="undo-panel"
    role="group"
    aria-label="Undo ${title}"
    data-undo=${id}
    tabindex="-1"
    @keydown=${onKeyDown}
  >
    ${
      preview === undefined
        ? html`<p role="status">Working out what would change …</p>`
        : html`<div role="status">
            <p class="undo-heading">Undoing this run would do this:</p>
            <ul>
              ${undoWords(preview).map((words) => html`<li>${words}</li>`)}
            </ul>
            <p class="muted">No decision of yours is touched. The run can be restored afterwards.</p>
          </div>`
    }
    <div class="undo-answers">
      <button
        type="button"
        class="text-button primary"
        aria-disabled=${preview === undefined ? 'true' : 'false'}
        @click=${() => (preview === undefined ? undefined : actions.confirm())}
      >
        ${icon('discard')} Undo Run
      </button>
      <button type="button" class="text-button" @click=${() => actions.cancel()}>Keep Run</button>
    </div>
  </div>`;
}
