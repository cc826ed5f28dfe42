import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/vscode-textfield.js';
import type { ViewState } from '../../src/protocol/viewApi';
import { icon } from '../shared/icon';
import { LightElement } from '../shared/lightElement';
import { pointAt } from './pointAt';

const DEBOUNCE_MS = 250;

/** The text filter: sends what is typed after a short pause, shows where it cannot be understood. */
@customElement('datavisor-filter-field')
export class FilterField extends LightElement {
  /** The filter text that the host has. */
  @property({ attribute: false }) text = '';
  @property({ attribute: false }) error: ViewState['filterError'] = null;
  @property({ attribute: false }) send: (text: string) => void = () => {};
  @state() private typed = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isTyping = this.timer !== undefined;
    if (changed.has('text') && !isTyping) this.typed = this.text;
  }

  protected override render(): TemplateResult {
    const isCurrent = this.typed === this.text;
    return html`<div class="filter-field">
      <vscode-textfield
        .label=${'Filter images'}
        placeholder="Filter (e.g. tag:dark -blurry width>1024)"
        .value=${this.typed}
        .invalid=${this.error !== null}
        @input=${this.onInput}
        @keydown=${this.onKeyDown}
      >
        ${
          this.typed === ''
            ? nothing
            : html`<button
                type="button"
                slot="content-after"
                class="icon-button"
                aria-label="Clear text"
                title="Clear text"
                @click=${() => this.sendNow('')}
              >
                ${icon('close')}
              </button>`
        }
      </vscode-textfield>
      ${this.error && isCurrent ? filterError(this.text, this.error) : nothing}
    </div>`;
  }

  private readonly onInput = (event: Event): void => {
    this.typed = (event.target as VscodeTextfield).value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sendNow(this.typed), DEBOUNCE_MS);
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.sendNow(this.typed);
    if (event.key === 'Escape' && this.typed !== '') {
      event.stopPropagation();
      this.sendNow('');
    }
  };

  private sendNow(text: string): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.typed = text;
    if (text !== this.text) this.send(text);
  }
}

function filterError(text: string, error: NonNullable<ViewState['filterError']>): TemplateResult {
  const { before, at, after } = pointAt(text, error.offset);
  return html`<div class="filter-error" role="alert">
    <p>${error.message}</p>
    <p class="filter-error-place" aria-label="at character ${error.offset + 1}">
      <code>${before}<mark>${at}</mark>${after}</code>
    </p>
  </div>`;
}
