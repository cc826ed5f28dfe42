import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

/** A field that a list is searched by while one writes; its label is its placeholder too. */
export function searchField(label: string, text: string, search: (text: string) => void): TemplateResult {
  return html`<input
    type="search"
    class="field search-field"
    placeholder=${label}
    aria-label=${label}
    .value=${live(text)}
    @input=${(event: Event) => search((event.target as HTMLInputElement).value)}
  />`;
}
