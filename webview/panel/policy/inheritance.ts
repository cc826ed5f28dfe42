import { html, type TemplateResult } from 'lit';

interface Inheritance {
  /** What is set, for screen readers: "threshold 60 for Built-in tagger". */
  readonly label: string;
  readonly inherited: number;
  /** Set for this one, not inherited. */
  readonly isOwn: boolean;
  readonly disabled: boolean;
}

/** That a setting is inherited, or the way back to that. */
export function inheritance({ label, inherited, isOwn, disabled }: Inheritance, reset: () => void): TemplateResult {
  if (!isOwn) return html`<span class="muted">inherited</span>`;
  return html`<button
    type="button"
    class="link-button"
    aria-label="Use inherited ${label}"
    ?disabled=${disabled}
    @click=${reset}
  >
    Use inherited (${inherited})
  </button>`;
}
