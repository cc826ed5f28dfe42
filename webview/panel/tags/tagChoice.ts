import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon } from '../../shared/icon';
import { LightElement } from '../../shared/lightElement';
import '../../shared/tagInput';
import type { TagSuggestions } from '../../shared/tagOptions';

/** A tag that was chosen, to choose anew at a click. Lets the field's `tag-chosen` with `{ tag }` through. */
@customElement('datavisor-tag-choice')
export class TagChoice extends LightElement {
  @property({ attribute: false }) suggest!: (text: string) => Promise<TagSuggestions>;
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) value: string | null = null;
  @property({ attribute: false }) disabled = false;
  @state() private isPicking = false;

  /** The field had the focus and is about to go: what comes in its place is to have it. */
  private givesFocus = false;

  override focus(): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('input, button')?.focus());
  }

  protected override updated(): void {
    const chosen = this.querySelector<HTMLElement>('.tag-choice');
    if (!this.givesFocus || !chosen) return;
    this.givesFocus = false;
    chosen.focus();
  }

  protected override render(): TemplateResult {
    const { label, value, disabled, isPicking } = this;
    if (value !== null && !isPicking) {
      return html`<button
        type="button"
        class="tag-choice"
        title="Choose another tag"
        aria-label="${label}: ${value}"
        ?disabled=${disabled}
        @click=${() => this.pick(true)}
      >
        <span class="tag">${value}</span> ${icon('edit')}
      </button>`;
    }
    return html`<datavisor-tag-input
      .label=${label}
      .suggest=${this.suggest}
      @tag-chosen=${() => this.chosen()}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape' && value !== null) this.pick(false);
      }}
    ></datavisor-tag-input>`;
  }

  /** The answer to Enter may come when the person is elsewhere already: the focus is theirs then. */
  private chosen(): void {
    this.givesFocus = this.contains(document.activeElement);
    this.isPicking = false;
  }

  private pick(isPicking: boolean): void {
    this.isPicking = isPicking;
    this.focus();
  }
}
