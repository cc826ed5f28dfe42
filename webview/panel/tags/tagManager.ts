import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { TagChange, TagSummary } from '../../../src/protocol/tagApi';
import { announce } from '../../shared/announcer';
import { plural } from '../../shared/formats';
import { failureBar, notice } from '../../shared/notice';
import { pager } from '../../shared/pager';
import { searchField } from '../../shared/searchField';
import { SHOW_IMAGES } from '../panelTab';
import { textButton } from '../textButton';
import './tagChangeDialog';
import type { ChangeEnd } from './tagChangeDialog';
import { tagFilter } from './tagFilter';
import { TagsPart } from './tagsPart';
import { tagTable, type TagSort } from './tagTable';

const PAGE = 100;

interface TagPage {
  readonly total: number;
  readonly tags: readonly TagSummary[];
}

/** All tags of the dataset: to find, to rename, to merge and to delete. */
@customElement('datavisor-tag-manager')
export class TagManager extends TagsPart<TagPage> {
  private text = '';
  private offset = 0;
  @state() private sort: TagSort = 'samples';
  @state() private selected: ReadonlySet<string> = new Set();
  @state() private asking: TagChange['kind'] | null = null;

  protected override ask(signal: AbortSignal): Promise<TagPage> {
    const { text, sort, offset } = this;
    return this.connection.host.tagList({ text, sort, offset, limit: PAGE }, { signal });
  }

  protected override forget(): void {
    super.forget();
    this.selected = new Set();
    this.asking = null;
    this.offset = 0;
  }

  protected override render(): TemplateResult {
    return html`${failureBar(this.actionFailure, () => (this.actionFailure = null))}
      <div class="section-tools">
        ${searchField('Find a tag', this.text, (text) => this.search(text))} ${this.renderActions()}
      </div>
      ${this.renderAnswer('The tags', (page) => this.renderPage(page))} ${this.renderDialog()}`;
  }

  private renderActions(): TemplateResult {
    const { readOnly } = this;
    const { size } = this.selected;
    const button = (kind: TagChange['kind'], label: string, isPossible: boolean, hint: string) =>
      textButton(
        { label, disabled: !isPossible || readOnly !== null, title: readOnly ?? (isPossible ? '' : hint) },
        () => (this.asking = kind),
      );
    return html`<div class="section-actions" role="group" aria-label="Selected tags">
      <span class="numbers muted" role="status">${size > 0 ? `${plural(size, 'tag')} selected` : ''}</span>
      ${button('rename', 'Rename…', size === 1, 'Select one tag to rename it')}
      ${button('merge', 'Merge…', size > 1, 'Select several tags to merge them')}
      ${button('delete', 'Delete…', size > 0, 'Select the tags to delete')}
    </div>`;
  }

  private renderPage({ tags, total }: TagPage): TemplateResult {
    if (total === 0) return this.renderNone();
    const { sort, selected, offset } = this;
    return html`${tagTable(
      { tags, sort, selected },
      {
        sortBy: (by) => {
          this.sort = by;
          this.goTo(0);
        },
        select: (names, isSelected) => this.select(names, isSelected),
        showImages: (tag) => this.showImages(tag),
      },
    )}
    ${pager({ offset, limit: PAGE, total, noun: 'tags' }, (to) => this.goTo(to))}`;
  }

  private renderNone(): TemplateResult {
    if (this.text.trim() !== '') {
      return notice({
        icon: 'search-stop',
        title: 'No tag has these words',
        text: 'Aliases are looked through as well. Change the text, or clear it.',
        actions: [{ label: 'Clear', icon: 'clear-all', run: () => this.search('') }],
      });
    }
    return notice({
      icon: 'tag',
      title: 'No tags yet',
      text: 'They come with Auto-Tag, or from people: add one to an image on the Images tab.',
      actions: [
        { label: 'Auto-Tag', icon: 'tag', run: () => void this.act((host) => host.command({ name: 'autoTag' })) },
      ],
    });
  }

  private renderDialog(): TemplateResult | typeof nothing {
    if (this.asking === null) return nothing;
    return html`<datavisor-tag-change
      .connection=${this.connection}
      .kind=${this.asking}
      .from=${[...this.selected]}
      @ended=${(event: CustomEvent<ChangeEnd>) => this.changeEnded(event.detail)}
    ></datavisor-tag-change>`;
  }

  private changeEnded(end: ChangeEnd): void {
    if (this.asking === null) return;
    this.asking = null;
    if (!end.isDone) return;
    const { operation } = end;
    this.selected = new Set();
    announce(operation ? `${operation.title}. Ctrl+Z takes it back.` : 'Nothing had to be changed.');
    this.query.refresh();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.table-scroll')?.focus());
  }

  private search(text: string): void {
    this.text = text;
    this.goTo(0);
  }

  private goTo(offset: number): void {
    this.offset = offset;
    this.query.restart();
    this.requestUpdate();
  }

  private select(tags: readonly string[], isSelected: boolean): void {
    const selected = new Set(this.selected);
    for (const tag of tags) {
      if (isSelected) selected.add(tag);
      else selected.delete(tag);
    }
    this.selected = selected;
  }

  private showImages(tag: string): void {
    void this.act(async (host) => {
      await host.clearFilter(null);
      await host.setText({ text: tagFilter(tag) });
      this.dispatchEvent(new CustomEvent(SHOW_IMAGES, { bubbles: true }));
    });
  }
}
