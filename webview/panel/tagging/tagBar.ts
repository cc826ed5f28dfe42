import './tagging.css';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DecideAction, SampleSet } from '../../../src/protocol/tagApi';
import { errorText } from '../../shared/errorText';
import { formatCount } from '../../shared/formats';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { icon, iconButton } from '../../shared/icon';
import { LightElement } from '../../shared/lightElement';
import '../../shared/tagInput';
import type { Tagger } from './tagger';

interface Use {
  readonly total: number;
  readonly tags: readonly { readonly tag: string; readonly samples: number }[];
}

/** The tags that several images have, to be given to all of them or taken from them. Fires `closed`. */
@customElement('datavisor-tag-bar')
export class TagBar extends LightElement {
  @property({ attribute: false }) connection!: HostConnection;
  @property({ attribute: false }) tagger!: Tagger;
  /** Another object whenever it stands for other images. */
  @property({ attribute: false }) samples!: SampleSet;
  /** "3 selected images". */
  @property({ attribute: false }) words = '';
  /** Of the data; the tags are asked for again when it is another. */
  @property({ attribute: false }) revision = 0;
  @state() private use: Use | undefined;
  @state() private failure: string | null = null;
  private readonly query = new FreshQuery<Use>(
    (signal) => this.connection.host.tagsOf({ samples: this.samples }, { signal }),
    (use) => {
      this.use = use;
      this.failure = null;
    },
    (error) => this.fail(error),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.query.stop();
  }

  /** Gives the keyboard to the field, also where the bar has only just been made. */
  override focus(): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('datavisor-tag-input')?.focus());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('samples')) this.query.restart();
    else if (changed.has('revision')) this.query.refresh();
  }

  protected override render(): TemplateResult {
    const { use } = this;
    return html`<section class="tag-bar" aria-label="Tags of ${this.words}">
      <h2 class="tag-bar-title">${icon('tag')} Tags of ${this.words}</h2>
      <datavisor-tag-input
        .label=${`Add a tag to ${this.words}`}
        .suggest=${(text: string) => this.tagger.suggest(text)}
        @tag-chosen=${(event: CustomEvent<{ tag: string }>) => this.decide(event.detail.tag, 'added')}
      ></datavisor-tag-input>
      <ul class="tag-uses" aria-label="Tags they have" aria-busy=${use ? 'false' : 'true'}>
        ${
          use
            ? repeat(
                use.tags,
                ({ tag }) => tag,
                (used) => this.renderUse(used, use.total),
              )
            : nothing
        }
      </ul>
      ${use?.tags.length === 0 ? html`<span class="muted">No tags yet.</span>` : nothing}
      ${iconButton('close', 'Close tag bar', () => this.dispatchEvent(new CustomEvent('closed')))}
      ${this.failure === null ? nothing : html`<p class="tag-problem" role="alert">${this.failure}</p>`}
    </section>`;
  }

  private renderUse({ tag, samples }: Use['tags'][number], total: number): TemplateResult {
    const isAll = samples === total;
    const share = isAll ? 'all' : `${formatCount(samples)} of ${formatCount(total)}`;
    return html`<li class="tag-use ${isAll ? 'all' : ''}">
      <span class="ellipsis" title=${tag}>${tag}</span>
      <span class="numbers tag-use-share">${share}</span>
      ${isAll ? nothing : iconButton('add', `Add “${tag}” to all of them`, () => this.decide(tag, 'added'))}
      ${iconButton('close', `Remove “${tag}” from all of them`, () => this.decide(tag, 'removed'))}
    </li>`;
  }

  private decide(tag: string, action: DecideAction): void {
    this.failure = null;
    this.tagger.decide(this.samples, tag, action).then(
      () => {
        this.query.refresh();
        // the button that was pressed goes with its tag
        if (this.contains(document.activeElement) || document.activeElement === document.body) this.focus();
      },
      (error: unknown) => this.fail(error),
    );
  }

  private fail(error: unknown): void {
    this.failure = errorText(error);
    this.connection.reportError(error);
  }
}
