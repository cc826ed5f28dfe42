import { html, nothing, type TemplateResult } from 'lit';

/** A codicon as decoration; what it means has to be said in words beside it or in a label. */
export function icon(name: string, spin = false): TemplateResult {
  return html`<span class="codicon codicon-${name} ${spin ? 'codicon-modifier-spin' : ''}" aria-hidden="true"></span>`;
}

/**
 * A button that shows only an icon, named for screen readers and by its tooltip.
 *
 * @param pressed for a switch: whether it is on
 */
export function iconButton(
  name: string,
  label: string,
  onClick: (event: Event) => void,
  pressed?: boolean,
): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    title=${label}
    aria-label=${label}
    aria-pressed=${pressed === undefined ? nothing : String(pressed)}
    @click=${onClick}
  >
    ${icon(name)}
  </button>`;
}
