import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { LightElement } from '../shared/lightElement';

let popovers = 0;

/** A button with a box below it that opens by it and closes by Escape, by a click elsewhere and when the focus leaves. */
export abstract class Popover extends LightElement {
  @state() protected isOpen = false;
  private readonly boxId = `popover-${++popovers}`;

  /** What the button shows. */
  protected abstract renderButton(): TemplateResult | string;
  protected abstract renderBox(): TemplateResult;
  /** Name of button and box. */
  protected abstract readonly boxTitle: string;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.onPointerDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.onPointerDown);
  }

  protected override render(): TemplateResult {
    const { isOpen, boxId, boxTitle: title } = this;
    return html`<div class="popover" @keydown=${this.onKeyDown} @focusout=${this.onFocusOut}>
      <button
        type="button"
        class="toolbar-button"
        title=${title}
        aria-label=${title}
        aria-expanded=${isOpen ? 'true' : 'false'}
        aria-controls=${boxId}
        @click=${() => (this.isOpen = !this.isOpen)}
      >
        ${this.renderButton()}
      </button>
      <div class="popover-box" id=${boxId} role="group" aria-label=${title} ?hidden=${!isOpen}>
        ${isOpen ? this.renderBox() : ''}
      </div>
    </div>`;
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.isOpen || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.isOpen = false;
    this.querySelector('button')?.focus();
  };

  private readonly onFocusOut = (event: FocusEvent): void => {
    const { relatedTarget } = event;
    if (relatedTarget instanceof Node && !this.contains(relatedTarget)) this.isOpen = false;
  };

  private readonly onPointerDown = (event: Event): void => {
    if (this.isOpen && !event.composedPath().includes(this)) this.isOpen = false;
  };
}
