import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import * as v from 'valibot';
import type { ViewState } from '../../../src/protocol/viewApi';
import type { HostConnection } from '../../shared/hostConnection';
import { LightElement } from '../../shared/lightElement';
import type { PanelTab } from '../panelTab';
import './mappingTable';
import './tagManager';
import './tagRules';
import './tags.css';

type Part = 'tags' | 'mapping' | 'rules';

const PARTS: readonly { readonly name: Part; readonly title: string }[] = [
  { name: 'tags', title: 'Tags' },
  { name: 'mapping', title: 'Mapping' },
  { name: 'rules', title: 'Aliases and implications' },
];

/** The part looked at last, beside what the panel remembers. */
const Remembered = v.object({ tagsPart: v.picklist(['tags', 'mapping', 'rules']) });

/** The tags of the dataset, how names of models become tags, and how tags hang together. */
@customElement('datavisor-tags')
export class TagsTab extends LightElement implements PanelTab {
  private connected!: HostConnection;
  @state() private chosen: Part = 'tags';
  private view: ViewState | undefined;
  private revision = 0;

  set connection(connection: HostConnection) {
    this.connected = connection;
    const saved = v.safeParse(Remembered, connection.savedState());
    if (saved.success) this.chosen = saved.output.tagsPart;
  }

  receive(view: ViewState, revision: number): void {
    this.view = view;
    this.revision = revision;
    this.tell();
  }

  protected override render(): TemplateResult {
    return html`<div class="tags-tab">
      <div class="parts" role="tablist" aria-label="Parts of Tags" @keydown=${this.onKeyDown}>
        ${PARTS.map(
          ({ name, title }) =>
            html`<button
              type="button"
              role="tab"
              class="choice part"
              id="tags-part-${name}"
              aria-selected=${name === this.chosen ? 'true' : 'false'}
              aria-controls="tags-part-panel"
              tabindex=${name === this.chosen ? '0' : '-1'}
              @click=${() => this.show(name)}
            >
              ${title}
            </button>`,
        )}
      </div>
      <div class="part-panel" id="tags-part-panel" role="tabpanel" aria-labelledby="tags-part-${this.chosen}">
        ${this.renderPart()}
      </div>
    </div>`;
  }

  protected override updated(): void {
    this.tell();
  }

  private renderPart(): TemplateResult {
    const connection = this.connected;
    switch (this.chosen) {
      case 'tags':
        return html`<datavisor-tag-manager class="tags-part" .connection=${connection}></datavisor-tag-manager>`;
      case 'mapping':
        return html`<datavisor-tag-mapping class="tags-part" .connection=${connection}></datavisor-tag-mapping>`;
      case 'rules':
        return html`<datavisor-tag-rules class="tags-part" .connection=${connection}></datavisor-tag-rules>`;
    }
  }

  private tell(): void {
    const { view, revision } = this;
    if (view) this.querySelector<PanelTab & HTMLElement>('.tags-part')?.receive(view, revision);
  }

  private show(part: Part): void {
    this.chosen = part;
    const saved = this.connected.savedState();
    this.connected.saveState({ ...(typeof saved === 'object' ? saved : {}), tagsPart: part });
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    const at = PARTS.findIndex(({ name }) => name === this.chosen);
    const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: PARTS.length - 1 };
    const target = steps[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const { name } = PARTS[(target + PARTS.length) % PARTS.length];
    this.show(name);
    this.querySelector<HTMLElement>(`#tags-part-${name}`)?.focus();
  };
}
