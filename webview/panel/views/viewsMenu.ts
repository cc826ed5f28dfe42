import './views.css';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SavedView } from '../../../src/protocol/savedViewApi';
import type { Filter } from '../../../src/protocol/viewApi';
import { errorText, isNotIndexed } from '../../shared/errorText';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { icon } from '../../shared/icon';
import { Popover } from '../popover';
import { viewInForce, type PanelSettings, type ViewInForce } from './viewChange';
import { deleteQuestion, nameForm, replaceQuestion, viewList } from './viewsPopover';

interface Known {
  readonly views: readonly SavedView[];
  readonly inForce: number | null;
}

/** What the popover asks, where it does not show the list. */
type Question =
  | { readonly kind: 'save' }
  | { readonly kind: 'replace'; readonly name: string }
  | { readonly kind: 'rename' | 'delete'; readonly view: SavedView };

/** A button with the views that were saved under a name: choose, save, rename, delete. Fires `view-applied`. */
@customElement('datavisor-views-menu')
export class ViewsMenu extends Popover {
  @property({ attribute: false }) connection!: HostConnection;
  /** How the panel shows the dataset now. */
  @property({ attribute: false }) settings!: PanelSettings;
  @property({ attribute: false }) filter: Pick<Filter, 'text' | 'picks'> = { text: '', picks: {} };
  /** Whose views they are. */
  @property({ attribute: false }) datasetId: string | null = null;
  @state() private known: Known | undefined;
  @state() private question: Question | null = null;
  @state() private failure: string | null = null;
  protected override readonly boxTitle = 'Saved views';
  protected override readonly boxRole = 'dialog';

  private readonly query = new FreshQuery<Known>(
    () => this.connection.host.savedViews(null),
    (known) => (this.known = known),
    (error) => {
      if (!isNotIndexed(error)) this.fail(error);
    },
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.query.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('datasetId') || changed.has('connection')) {
      this.known = undefined;
      this.close();
      this.query.restart();
    }
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('isOpen') && !changed.has('question')) return;
    if (this.isOpen) this.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }

  protected override get buttonName(): string {
    const { inForce } = this;
    const words = inForce ? `${inForce.view.name}${inForce.isModified ? ', modified' : ''}` : 'none in force';
    return `Saved views: ${words}`;
  }

  protected override renderButton(): TemplateResult {
    const { inForce } = this;
    return html`${icon('bookmark')}
      <span class="ellipsis">${inForce ? inForce.view.name : 'Views'}</span>
      ${inForce?.isModified ? html`<span class="views-modified">modified</span>` : nothing} ${icon('chevron-down')}`;
  }

  protected override renderBox(): TemplateResult {
    const { failure } = this;
    return html`${
      failure === null ? nothing : html`<p class="views-failure" role="alert">${icon('error')} ${failure}</p>`
    }
    ${this.renderQuestion(this.inForce)}`;
  }

  private renderQuestion(inForce: ViewInForce | null): TemplateResult {
    const { question } = this;
    switch (question?.kind) {
      case 'save':
        return nameForm('Save this view as', inForce?.view.name ?? '', 'Save', this.toList, (name) =>
          this.saveAs(name),
        );
      case 'rename':
        return nameForm(`New name of “${question.view.name}”`, question.view.name, 'Rename', this.toList, (name) =>
          this.act((host) => host.renameView({ id: question.view.id, name })),
        );
      case 'replace':
        return replaceQuestion(question.name, this.toList, () => this.save(question.name, true));
      case 'delete':
        return deleteQuestion(question.view.name, this.toList, () =>
          this.act((host) => host.deleteView({ id: question.view.id })),
        );
      case undefined:
        return viewList(this.known?.views, inForce, {
          apply: (view) => this.apply(view),
          ask: (kind, view) => this.ask({ kind, view }),
          saveAs: () => this.ask({ kind: 'save' }),
          saveChanges: (view) => this.save(view.name, true),
        });
    }
  }

  private get inForce(): ViewInForce | null {
    if (!this.known) return null;
    return viewInForce(this.known.views, this.known.inForce, this.filter, this.settings);
  }

  protected override open(): void {
    super.open();
    this.toList();
    this.query.refresh();
  }

  protected override close(): void {
    super.close();
    this.toList();
  }

  /** Out of a question to the list, out of the list to the button. */
  protected override back(): void {
    if (this.question) this.toList();
    else super.back();
  }

  private readonly toList = (): void => {
    this.failure = null;
    this.question = null;
  };

  private ask(question: Question): void {
    this.failure = null;
    this.question = question;
  }

  private saveAs(name: string): void {
    const isTaken = this.known?.views.some((view) => view.name.toLowerCase() === name.toLowerCase()) ?? false;
    if (isTaken) this.ask({ kind: 'replace', name });
    else this.save(name, false);
  }

  private save(name: string, replace: boolean): void {
    const { sort, descending, groupBy, columns, mapModel, colorBy } = this.settings;
    const told = { name, replace, sort, descending, groupBy, columns, mapModel, colorBy };
    this.act((host) => host.saveView(told), true);
  }

  private apply(view: SavedView): void {
    this.act(async (host) => {
      const { settings } = await host.applyView({ id: view.id });
      this.dispatchEvent(new CustomEvent('view-applied', { detail: { settings } }));
    }, true);
  }

  /** @param isLast whether nothing is left to do in the popover when it went well */
  private act(action: (host: HostConnection['host']) => Promise<unknown>, isLast = false): void {
    this.failure = null;
    action(this.connection.host).then(
      () => {
        this.query.restart();
        if (isLast) this.closeToButton();
        else this.toList();
      },
      (error: unknown) => this.fail(error),
    );
  }

  private fail(error: unknown): void {
    this.failure = errorText(error);
    this.connection.reportError(error);
  }

  protected override keyPressed(event: KeyboardEvent): void {
    super.keyPressed(event);
    if (!this.isOpen) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.moveFocus(event, event.key === 'ArrowDown' ? 1 : -1);
  }

  private moveFocus(event: KeyboardEvent, step: 1 | -1): void {
    const names = [...this.querySelectorAll<HTMLElement>('.view-name')];
    const at = names.findIndex((name) => name.closest('li')?.contains(document.activeElement));
    const next = names[at === -1 ? 0 : at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
