import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { MappingRow } from '../../../src/protocol/policyApi';
import { LightElement } from '../../shared/lightElement';
import { textButton } from '../textButton';

/** Starts a row for a name that the list does not show, such as one that is a tag already. Fires `row-started`. */
@customElement('datavisor-mapping-form')
export class MappingForm extends LightElement {
  /** What people call the providers, by their names. */
  @property({ attribute: false }) providers: ReadonlyMap<string, string> = new Map();
  @state() private external = '';
  @state() private provider = '';

  protected override render(): TemplateResult {
    const { external, provider } = this;
    return html`<form class="mapping-form" aria-label="Map a name" @submit=${this.onSubmit}>
      <input
        type="text"
        class="field"
        maxlength="200"
        placeholder="Another name to map"
        aria-label="Another name to map"
        autocomplete="off"
        spellcheck="false"
        .value=${live(external)}
        @input=${(event: Event) => (this.external = (event.target as HTMLInputElement).value)}
      />
      <select
        class="field"
        aria-label="Said by"
        @change=${(event: Event) => (this.provider = (event.target as HTMLSelectElement).value)}
      >
        <option value="" .selected=${live(provider === '')}>by any provider</option>
        ${[...this.providers].map(
          ([name, title]) => html`<option value=${name} .selected=${live(name === provider)}>by ${title}</option>`,
        )}
      </select>
      ${textButton({ label: 'Add', icon: 'add', disabled: external.trim() === '', submits: true })}
    </form>`;
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    const external = this.external.trim();
    if (external === '') return;
    this.external = '';
    const { provider } = this;
    const row: MappingRow = {
      provider,
      external,
      action: 'map',
      tag: null,
      dimension: null,
      factor: 1,
      predictions: 0,
    };
    this.dispatchEvent(new CustomEvent('row-started', { detail: row }));
  };
}
