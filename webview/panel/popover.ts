import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { LightElement } from '../shared/lightElement';

let popovers = 0;

/** A button with a box below it that opens by it and closes by Escape, by a click elsewhere and when the focus leaves. */
export abstract class Popover extends LightElement {
  @state() protected isOpen = false;
  /** What the box is for assistive technology: a dialog takes the focus as it opens. */
  protected readonly boxRole: 'group' | 'dialog' = 'group';
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
    const { isOpen, boxId, boxRole: role, boxTitle: title } = this;
    return html`<div
      class="popover"
      @keydown=${(event: KeyboardEvent) => this.keyPressed(event)}
      @focusout=${this.onFocusOut}
    >
      <button
        type="button"
        class="toolbar-button"
        title=${title}
        aria-label=${this.buttonName}
        aria-haspopup=${role === 'dialog' ? role : nothing}
        aria-expanded=${isOpen ? 'true' : 'false'}
        aria-controls=${boxId}
        @click=${() => (isOpen ? this.close() : this.open())}
      >
        ${this.renderButton()}
      </button>
      <div class="popover-box" id=${boxId} role=${role} aria-label=${title} ?hidden=${!isOpen}>
        ${isOpen ? this.renderBox() : ''}
      </div>
    </div>`;
  }

  /** For who needs more than its title. */
  protected get buttonName(): string {
    return this.boxTitle;
  }

  protected open(): void {
    this.isOpen = true;
  }

  protected close(): void {
    this.isOpen = false;
  }

  protected closeToButton(): void {
    this.close();
    this.querySelector('button')?.focus();
  }

  /** A step back from where one is in the box: out of it. */
  protected back(): void {
    this.closeToButton();
  }

  protected keyPressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.isOpen || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.back();
  }

  private readonly onFocusOut = (event: FocusEvent): void => {
    const { relatedTarget } = event;
    // with no target the focus is only on its way: what had it was taken out, or another window has it
    if (relatedTarget instanceof Node && !this.contains(relatedTarget)) this.close();
  };

  private readonly onPointerDown = (event: Event): void => {
    if (this.isOpen && !event.composedPath().includes(this)) this.close();
  };
}
