import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { icon, iconButton } from '../../shared/icon';
import '../../shared/tagInput';
import type { TagSuggestions } from '../../shared/tagOptions';
import { Popover } from '../popover';
import { freeKey, KEYS, sortedKeys, type TagKeys } from './tagKeys';

/** A change of one key; `tag` null takes it back. */
export interface KeyChange {
  readonly key: string;
  readonly tag: string | null;
}

/** The keys that give tags in the grid: what there is, and one more. Fires `key-set` with a `KeyChange`. */
@customElement('datavisor-tag-keys')
export class TagKeysMenu extends Popover {
  @property({ attribute: false }) keys: TagKeys = {};
  @property({ attribute: false }) suggest!: (text: string) => Promise<TagSuggestions>;
  /** Chosen for the next tag; null: the first free one. */
  @state() private chosen: string | null = null;
  protected override readonly boxTitle = 'Keys for tags';

  protected override renderButton(): TemplateResult {
    return html`${icon('keyboard')} <span class="toolbar-words">Keys</span>`;
  }

  protected override renderBox(): TemplateResult {
    const next = this.chosen ?? freeKey(this.keys) ?? KEYS[0];
    return html`<p class="muted">A key gives its tag to the selected images in the grid, and pressed again takes it.</p>
      <ul class="key-list">
        ${sortedKeys(this.keys).map(
          ([key, tag]) =>
            html`<li>
              <kbd>${key}</kbd> <span class="tag">${tag}</span>
              ${iconButton('close', `Take key ${key} from “${tag}”`, () => this.set({ key, tag: null }))}
            </li>`,
        )}
      </ul>
      <div class="key-new">
        <select
          class="field"
          aria-label="Key"
          @change=${(event: Event) => (this.chosen = (event.target as HTMLSelectElement).value)}
        >
          ${KEYS.map((key) => html`<option value=${key} .selected=${live(key === next)}>${key}</option>`)}
        </select>
        <datavisor-tag-input
          .label=${`Tag for key ${next}`}
          .suggest=${this.suggest}
          @tag-chosen=${(event: CustomEvent<{ tag: string }>) => this.set({ key: next, tag: event.detail.tag })}
        ></datavisor-tag-input>
      </div>`;
  }

  private set(detail: KeyChange): void {
    this.chosen = null;
    this.dispatchEvent(new CustomEvent<KeyChange>('key-set', { detail }));
  }
}

/** The keys at a glance, below the grid. */
export function keyLegend(keys: TagKeys): TemplateResult | typeof nothing {
  const entries = sortedKeys(keys);
  if (entries.length === 0) return nothing;
  return html`<ul class="key-legend" aria-label="Keys for tags">
    ${entries.map(([key, tag]) => html`<li><kbd>${key}</kbd> ${tag}</li>`)}
  </ul>`;
}
