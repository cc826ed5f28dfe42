import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Operation, TagChange } from '../../../src/protocol/tagApi';
import { errorText } from '../../shared/errorText';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { icon } from '../../shared/icon';
import { LightElement } from '../../shared/lightElement';
import { textButton } from '../textButton';
import { changeWords, listTags, type ChangePreview } from './changeWords';
import { ExampleImages } from './exampleImages';

/** How the dialog was left. `operation` null: nothing had to be changed. */
export type ChangeEnd = { readonly isDone: false } | { readonly isDone: true; readonly operation: Operation | null };

/** A person types; the preview follows when they pause. */
const TYPING_PAUSE_MS = 200;

const TITLES = { rename: 'Rename', merge: 'Merge', delete: 'Delete' } as const;

/** Asks what a rename, a merge or a deletion of tags needs, shows what it would do, and does it. */
@customElement('datavisor-tag-change')
export class TagChangeDialog extends LightElement {
  @property({ attribute: false }) connection!: HostConnection;
  @property({ attribute: false }) kind: TagChange['kind'] = 'rename';
  @property({ attribute: false }) from: readonly string[] = [];
  @state() private name = '';
  @state() private preview: ChangePreview | undefined;
  @state() private failure: string | null = null;
  @state() private isWorking = false;
  private readonly examples = new ExampleImages(() => this.requestUpdate());
  private typing: ReturnType<typeof setTimeout> | undefined;

  private readonly query = new FreshQuery(
    (signal) => this.connection.host.previewTagChange({ change: this.change }, { signal }),
    (preview) => {
      this.preview = preview;
      this.failure = null;
      this.examples.show(this.connection, preview.examples);
    },
    (error) => this.failed(error),
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.name = this.from[0] ?? '';
    this.query.restart();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.typing);
    this.query.stop();
  }

  protected override firstUpdated(): void {
    const dialog = this.querySelector('dialog');
    dialog?.showModal();
    const field = dialog?.querySelector<HTMLInputElement>('input[type=text]');
    field?.select();
  }

  protected override render(): TemplateResult {
    const { kind, from } = this;
    return html`<dialog class="tag-change" aria-labelledby="tag-change-title" @close=${() => this.end(undefined)}>
      <form method="dialog" @submit=${this.onSubmit}>
        <h2 id="tag-change-title">${TITLES[kind]} ${listTags(from)}</h2>
        ${kind === 'rename' ? this.renderName('New name') : nothing} ${kind === 'merge' ? this.renderTarget() : nothing}
        <div class="tag-change-preview" role="status">${this.renderPreview()}</div>
        ${this.renderExamples()}
        ${this.failure === null ? nothing : html`<p class="field-problem" role="alert">${icon('error')} ${this.failure}</p>`}
        <div class="dialog-actions">
          ${textButton({ label: 'Cancel' }, () => this.querySelector('dialog')?.close())}
          ${textButton({ label: TITLES[kind], isPrimary: true, disabled: !this.isPossible, submits: true })}
        </div>
      </form>
    </dialog>`;
  }

  private renderName(label: string): TemplateResult {
    return html`<label class="dialog-field">
      <span>${label}</span>
      <input
        type="text"
        class="field"
        maxlength="200"
        autocomplete="off"
        spellcheck="false"
        .value=${live(this.name)}
        @input=${(event: Event) => this.rename((event.target as HTMLInputElement).value, TYPING_PAUSE_MS)}
      />
    </label>`;
  }

  /** Which of the names is kept, or another one. */
  private renderTarget(): TemplateResult {
    const isOther = !this.from.includes(this.name);
    return html`<fieldset class="dialog-choices">
      <legend>Name to keep</legend>
      ${this.from.map(
        (tag) =>
          html`<label class="check">
            <input
              type="radio"
              name="tag-change-target"
              .checked=${live(tag === this.name)}
              @change=${() => this.rename(tag, 0)}
            />
            ${tag}
          </label>`,
      )}
      <label class="check">
        <input type="radio" name="tag-change-target" .checked=${live(isOther)} @change=${() => this.rename('', 0)} />
        Another name
      </label>
      ${isOther ? this.renderName('Name') : nothing}
    </fieldset>`;
  }

  private renderPreview(): TemplateResult {
    const { preview, kind } = this;
    if (!preview) return html`<p class="muted">Counting …</p>`;
    if (preview.problem !== null) return html`<p class="field-problem">${icon('warning')} ${preview.problem}</p>`;
    return html`${
        preview.to !== null && preview.to !== this.name ? html`<p>It will be named “${preview.to}”.</p>` : nothing
      }
      ${changeWords(kind, preview).map((words) => html`<p>${words}</p>`)}
      <p class="muted">Undo brings back every tag, mapping and saved view as it was, also after a restart.</p>`;
  }

  private renderExamples(): TemplateResult | typeof nothing {
    const rows = this.preview?.problem === null ? this.examples.rows : [];
    if (rows.length === 0) return nothing;
    return html`<ul class="examples" aria-label="Examples of images that change">
      ${rows.map(
        ({ path, uri }) =>
          html`<li class="frame filled example" title=${path}>
            ${uri ? html`<img src=${uri} alt=${path} />` : html`${icon('file-media')}<span class="visually-hidden">${path}</span>`}
          </li>`,
      )}
    </ul>`;
  }

  private get change(): TagChange {
    const { kind } = this;
    return { kind, from: [...this.from], to: kind === 'delete' ? null : this.name };
  }

  private get isPossible(): boolean {
    return !this.isWorking && this.typing === undefined && this.preview?.problem === null;
  }

  private rename(name: string, pauseMs: number): void {
    this.name = name;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.typing = undefined;
      this.query.restart();
      this.requestUpdate();
    }, pauseMs);
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    if (this.isPossible) void this.apply();
  };

  private async apply(): Promise<void> {
    this.isWorking = true;
    this.failure = null;
    try {
      this.end(await this.connection.host.changeTags({ change: this.change }));
    } catch (error) {
      this.isWorking = false;
      this.failed(error);
    }
  }

  /** @param outcome what was done, null when nothing had to be; undefined when the person thought better of it */
  private end(outcome: Operation | null | undefined): void {
    const detail: ChangeEnd = outcome === undefined ? { isDone: false } : { isDone: true, operation: outcome };
    this.dispatchEvent(new CustomEvent('ended', { detail }));
  }

  private failed(error: unknown): void {
    this.failure = errorText(error);
    this.connection.reportError(error);
  }
}
