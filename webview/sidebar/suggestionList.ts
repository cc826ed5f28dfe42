import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icon';
import type { CompletionItem, OpenList } from './completion';

export const SUGGESTIONS_ID = 'filter-suggestions';

const KINDS: Record<CompletionItem['kind'], { icon: string; words: string }> = {
  field: { icon: 'symbol-field', words: 'field' },
  value: { icon: 'symbol-enum-member', words: 'value' },
  tag: { icon: 'tag', words: 'tag' },
  file: { icon: 'file-media', words: 'file' },
  folder: { icon: 'folder', words: 'folder' },
  keyword: { icon: 'symbol-keyword', words: 'keyword' },
};

export function suggestionId(index: number): string {
  return `${SUGGESTIONS_ID}-${index}`;
}

/** What could stand at the cursor: a list box that the filter field, which keeps the focus, moves through. */
export function suggestionList(list: OpenList, take: (item: CompletionItem) => void): TemplateResult {
  return html`<ul class="suggestions" role="listbox" id=${SUGGESTIONS_ID} aria-label="Suggestions">
    ${list.completions.items.map((item, index) => {
      const kind = KINDS[item.kind];
      const name = [item.label, kind.words, item.detail].filter((part) => part !== '').join(', ');
      return html`<li
        id=${suggestionId(index)}
        class="suggestion ${index === list.active ? 'active' : ''}"
        role="option"
        aria-selected=${index === list.active ? 'true' : 'false'}
        aria-label=${name}
        title=${item.label}
        @mousedown=${(event: Event) => event.preventDefault() /* the field keeps the focus */}
        @click=${() => take(item)}
      >
        ${icon(kind.icon)}
        <span class="suggestion-label ellipsis">${item.label}</span>
        ${item.detail === '' ? nothing : html`<span class="suggestion-detail ellipsis numbers">${item.detail}</span>`}
      </li>`;
    })}
  </ul>`;
}
