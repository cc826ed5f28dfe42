import './tagInput.css';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { errorText } from './errorText';
import { formatCount } from './formats';
import { FreshQuery } from './freshQuery';
import { LightElement } from './lightElement';
import { tagOptions, type TagOption, type TagSuggestions } from './tagOptions';

let inputs = 0;

/** A field for the name of a tag, with the tags there are below it. Fires `tag-chosen` with `{ tag }`. */
@customElement('datavisor-tag-input')
export class TagInput extends LightElement {
  @property({ attribute: false }) suggest!: (text: string) => Promise<TagSuggestions>;
  /** For screen readers, and shown while the field is empty. */
  @property({ attribute: false }) label = 'Add a tag';
  /** Whether a tag that is not there yet can be chosen. */
  @property({ attribute: false }) allowsNew = true;
  @state() private text = '';
  @state() private isOpen = false;
  @state() private options: readonly TagOption[] = [];
  /** Index of the option that Enter takes, -1 for none. */
  @state() private active = -1;
  /** Why what was typed cannot be a tag. */
  @state() private problem: string | null = null;
  /** The text that options and problem are the answer to; null while that is awaited. */
  private answered: string | null = null;
  /** Enter was pressed before the answer was there. */
  private takesAnswer = false;
  private readonly fieldId = `tag-input-${++inputs}`;
  private readonly query = new FreshQuery<{ text: string; found: TagSuggestions }>(
    async () => {
      const { text } = this;
      return { text, found: await this.suggest(text) };
    },
    ({ text, found }) => this.accept(text, found),
    (error) => {
      this.problem = errorText(error);
      this.takesAnswer = false;
    },
  );

  /** Also where it has only just been made. */
  override focus(): void {
    void this.updateComplete.then(() => this.querySelector('input')?.focus());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.query.stop();
  }

  protected override render(): TemplateResult {
    const { fieldId: id, isOpen, options } = this;
    const shows = isOpen && options.length > 0;
    const said = this.saidProblem;
    return html`<div class="tag-input" @focusout=${this.onFocusOut}>
      <input
        type="text"
        class="field"
        role="combobox"
        aria-label=${this.label}
        placeholder=${this.label}
        aria-autocomplete="list"
        aria-expanded=${shows ? 'true' : 'false'}
        aria-controls=${`${id}-list`}
        aria-activedescendant=${shows && this.active >= 0 ? `${id}-${this.active}` : nothing}
        aria-invalid=${said === null ? nothing : 'true'}
        aria-describedby=${said === null ? nothing : `${id}-problem`}
        autocomplete="off"
        spellcheck="false"
        maxlength="200"
        .value=${live(this.text)}
        @input=${this.onInput}
        @keydown=${this.onKeyDown}
        @click=${() => this.open()}
      />
      <ul
        class="tag-options"
        role="listbox"
        id=${`${id}-list`}
        aria-label="Tags"
        ?hidden=${!shows}
        @pointerdown=${(event: Event) => event.preventDefault()}
      >
        ${shows ? options.map((option, index) => this.renderOption(option, index)) : nothing}
      </ul>
      ${said === null ? nothing : html`<p class="tag-problem" id=${`${id}-problem`} role="alert">${said}</p>`}
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('options')) this.querySelector('.tag-options')?.scrollIntoView({ block: 'nearest' });
    if (changed.has('active')) this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  private renderOption({ tag, isNew, samples, alias }: TagOption, index: number): TemplateResult {
    return html`<li
      role="option"
      class="tag-option"
      id=${`${this.fieldId}-${index}`}
      aria-selected=${index === this.active ? 'true' : 'false'}
      @click=${() => this.choose(index)}
    >
      <span class="ellipsis">
        ${isNew ? html`Create “${tag}”` : tag}
        ${alias === null ? nothing : html`<span class="muted">for “${alias}”</span>`}
      </span>
      ${
        isNew
          ? nothing
          : html`<span class="muted numbers">${formatCount(samples)}<span class="visually-hidden"> images</span></span>`
      }
    </li>`;
  }

  /** What is wrong is not said while there is something to choose: more may be on its way. */
  private get saidProblem(): string | null {
    return this.text.trim() !== '' && this.options.length === 0 ? this.problem : null;
  }

  private readonly onInput = (event: Event): void => {
    this.text = (event.target as HTMLInputElement).value;
    this.open();
  };

  private readonly onFocusOut = (event: FocusEvent): void => {
    if (!(event.relatedTarget instanceof Node && this.contains(event.relatedTarget))) this.isOpen = false;
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!this.act(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @returns whether the key meant something here */
  private act(key: string): boolean {
    const last = this.options.length - 1;
    switch (key) {
      case 'Enter':
        this.enter();
        return true;
      case 'Escape':
        if (!this.isOpen && this.text === '') return false;
        if (!this.isOpen || this.options.length === 0) this.clear();
        this.isOpen = false;
        return true;
      case 'ArrowDown':
        if (!this.isOpen) this.open();
        else this.active = this.active >= last ? 0 : this.active + 1;
        return true;
      case 'ArrowUp':
        if (!this.isOpen) this.open();
        else this.active = this.active <= 0 ? last : this.active - 1;
        return true;
      default:
        return false;
    }
  }

  private enter(): void {
    if (this.answered === this.text && this.isOpen) this.choose(this.active);
    else if (this.text.trim() !== '') {
      this.takesAnswer = true;
      this.open();
    }
  }

  private open(): void {
    this.isOpen = true;
    this.answered = null;
    this.query.restart();
  }

  private accept(text: string, found: TagSuggestions): void {
    this.answered = text;
    this.options = tagOptions(this.allowsNew ? found : { ...found, isNew: false });
    this.problem = found.problem ?? (this.options.length === 0 ? `There is no tag “${text.trim()}”.` : null);
    this.active = text.trim() !== '' && this.options.length > 0 ? 0 : -1;
    if (!this.takesAnswer) return;
    this.takesAnswer = false;
    this.choose(this.active);
  }

  private choose(index: number): void {
    const option = this.options[index];
    if (!option) return;
    this.clear();
    this.dispatchEvent(new CustomEvent('tag-chosen', { detail: { tag: option.tag }, bubbles: true }));
  }

  private clear(): void {
    this.query.stop();
    this.text = '';
    this.options = [];
    this.problem = null;
    this.isOpen = false;
    this.active = -1;
  }
}
