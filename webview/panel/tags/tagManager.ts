import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { TagChange, TagSummary } from '../../../src/protocol/tagApi';
import type { ViewState } from '../../../src/protocol/viewApi';
import { announce } from '../../shared/announcer';
import { errorText } from '../../shared/errorText';
import { plural } from '../../shared/formats';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { LightElement } from '../../shared/lightElement';
import { failureBar, notice } from '../../shared/notice';
import { StateWatch } from '../../shared/stateWatch';
import { readOnlyWords } from '../datasetWords';
import { SHOW_IMAGES, type PanelTab } from '../panelTab';
import { textButton } from '../textButton';
import { pager } from './pager';
import { readFailure } from './readFailure';
import './tagChangeDialog';
import type { ChangeEnd } from './tagChangeDialog';
import { tagFilter } from './tagFilter';
import { tagTable, type TagSort } from './tagTable';

const PAGE = 100;

/** All tags of the dataset: to find, to rename, to merge and to delete. */
@customElement('datavisor-tag-manager')
export class TagManager extends LightElement implements PanelTab {
  connection!: HostConnection;
  private readonly watch = new StateWatch();
  private text = '';
  private offset = 0;
  @state() private sort: TagSort = 'samples';
  @state() private list: { readonly total: number; readonly tags: readonly TagSummary[] } | undefined;
  @state() private selected: ReadonlySet<string> = new Set();
  @state() private asking: TagChange['kind'] | null = null;
  @state() private loadFailure: unknown;
  @state() private actionFailure: string | null = null;

  private readonly query = new FreshQuery(
    (signal) => {
      const { text, sort, offset } = this;
      return this.connection.host.tagList({ text, sort, offset, limit: PAGE }, { signal });
    },
    (list) => {
      this.list = list;
      this.loadFailure = undefined;
    },
    (error) => {
      this.loadFailure = error;
      this.connection.reportError(error);
    },
  );

  receive(view: ViewState, revision: number): void {
    const { activeChanged, revisionRose } = this.watch.receive(view, revision);
    if (activeChanged) {
      this.list = undefined;
      this.selected = new Set();
      this.asking = null;
      this.offset = 0;
      this.query.restart();
    } else if (revisionRose) this.query.refresh();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`${failureBar(this.actionFailure, () => (this.actionFailure = null))}
      <div class="section-tools">
        <input
          type="search"
          class="field section-search"
          placeholder="Find a tag"
          aria-label="Find a tag"
          .value=${live(this.text)}
          @input=${(event: Event) => this.search((event.target as HTMLInputElement).value)}
        />
        ${this.renderActions()}
      </div>
      ${this.renderContent()} ${this.renderDialog()}`;
  }

  private renderActions(): TemplateResult {
    const { size } = this.selected;
    const readOnly = readOnlyWords(this.watch.state);
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

  private renderContent(): TemplateResult {
    const { list, loadFailure } = this;
    if (loadFailure !== undefined) return readFailure('The tags could not be read', loadFailure, () => this.retry());
    if (!list) return html`<div class="skeleton table-wait" role="status" aria-label="Loading"></div>`;
    if (list.total === 0) return this.renderNone();
    const { sort, selected, offset } = this;
    const { tags, total } = list;
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
        { label: 'Auto-Tag', icon: 'tag', run: () => this.act(this.connection.host.command({ name: 'autoTag' })) },
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
    const { host } = this.connection;
    const show = async () => {
      await host.clearFilter(null);
      await host.setText({ text: tagFilter(tag) });
      this.dispatchEvent(new CustomEvent(SHOW_IMAGES, { bubbles: true }));
    };
    this.act(show());
  }

  private retry(): void {
    this.loadFailure = undefined;
    this.query.restart();
  }

  private act(action: Promise<unknown>): void {
    this.actionFailure = null;
    action.catch((error: unknown) => {
      this.actionFailure = errorText(error);
      this.connection.reportError(error);
    });
  }
}
