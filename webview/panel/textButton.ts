import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icon';

interface TextButton {
  readonly label: string;
  readonly icon?: string;
  /** What is done most likely. */
  readonly isPrimary?: boolean;
  readonly disabled?: boolean;
  /** Said on hovering: why it is disabled. */
  readonly title?: string;
  /** It submits its form, as Enter in a field does. */
  readonly submits?: boolean;
}

/** A native button in words: screen readers hear of it when it is disabled. */
export function textButton(button: TextButton, onClick?: () => void): TemplateResult {
  return html`<button
    type=${button.submits ? 'submit' : 'button'}
    class="text-button ${button.isPrimary ? 'primary' : ''}"
    title=${button.title || nothing}
    ?disabled=${button.disabled}
    @click=${onClick ?? nothing}
  >
    ${button.icon ? icon(button.icon) : nothing} ${button.label}
  </button>`;
}
