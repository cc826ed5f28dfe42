import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Correction, ViewState } from '../../src/protocol/viewApi';
import { plural } from '../shared/formats';
import { FreshQuery } from '../shared/freshQuery';
import { iconButton } from '../shared/icon';
import { LightElement } from '../shared/lightElement';
import {
  isOpenEnded,
  isUnfinished,
  moveActive,
  openList,
  takeItem,
  type CompletionItem,
  type Completions,
  type OpenList,
} from './completion';
import { correctionWords } from './correctionWords';
import { FILTER_HELP_ID, filterHelp } from './filterHelp';
import { pointAt } from './pointAt';
import { suggestionId, suggestionList, SUGGESTIONS_ID } from './suggestionList';

/** After this pause the filter is put in force. */
const SEND_MS = 200;
/** After this one suggestions are asked for. */
const SUGGEST_MS = 50;

/**
 * The text filter: sends what is typed after a short pause, suggests what could stand at the cursor, and shows where it
 * cannot be understood.
 */
@customElement('datavisor-filter-field')
export class FilterField extends LightElement {
  /** The filter text that the host has. */
  @property({ attribute: false }) text = '';
  @property({ attribute: false }) error: ViewState['filterError'] = null;
  /** Words that nothing has, with those that are looked for instead. */
  @property({ attribute: false }) corrections: readonly Correction[] = [];
  @property({ attribute: false }) send: (text: string) => void = () => {};
  @property({ attribute: false }) complete: (text: string, cursor: number) => Promise<Completions> = () =>
    Promise.resolve({ from: 0, to: 0, items: [] });
  @property({ attribute: false }) reportError: (error: unknown) => void = () => {};
  @state() private typed = '';
  @state() private list: OpenList | null = null;
  @state() private helps = false;
  private sending: ReturnType<typeof setTimeout> | undefined;
  private suggesting: ReturnType<typeof setTimeout> | undefined;

  private readonly suggestions = new FreshQuery<Completions>(
    () => this.complete(this.typed, this.input.selectionStart ?? this.typed.length),
    (completions) => (this.list = openList(this.typed, completions)),
    (error) => {
      this.list = null; // the filter itself goes on without suggestions
      this.reportError(error);
    },
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.sending);
    this.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isTyping = this.sending !== undefined;
    if (!changed.has('text') || isTyping || this.text === this.typed) return;
    this.typed = this.text;
    this.close();
  }

  protected override updated(): void {
    const active = this.list?.active ?? null;
    if (active !== null) this.querySelector(`#${suggestionId(active)}`)?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult {
    const { list, error } = this;
    const active = list?.active ?? null;
    const shownError = error && this.typed === this.text && !isUnfinished(error.offset, list) ? error : null;
    const corrected = shownError ? null : correctionWords(this.corrections);
    return html`<div class="filter-field" @keydown=${this.onHelpKey}>
      <div class="filter-anchor">
        <div class="filter-box ${error ? 'invalid' : ''}">
          <input
            type="text"
            role="combobox"
            spellcheck="false"
            autocomplete="off"
            aria-label="Filter images"
            aria-autocomplete="list"
            aria-haspopup="listbox"
            aria-expanded=${list ? 'true' : 'false'}
            aria-controls=${list ? SUGGESTIONS_ID : nothing}
            aria-activedescendant=${active === null ? nothing : suggestionId(active)}
            aria-invalid=${error ? 'true' : 'false'}
            placeholder="Filter (e.g. tag:dark -blurry width>1024)"
            .value=${live(this.typed)}
            @input=${this.onInput}
            @keydown=${this.onKeyDown}
            @click=${this.onClick}
            @blur=${() => this.close()}
          />
          ${this.typed === '' ? nothing : iconButton('close', 'Clear text', () => this.clear())}
          <button
            type="button"
            class="icon-button"
            title="How to filter"
            aria-label="How to filter"
            aria-expanded=${this.helps ? 'true' : 'false'}
            aria-controls=${this.helps ? FILTER_HELP_ID : nothing}
            @click=${() => (this.helps = !this.helps)}
          >
            <span class="codicon codicon-question" aria-hidden="true"></span>
          </button>
        </div>
        ${shownError ? filterError(this.text, shownError) : nothing}
        ${list ? suggestionList(list, (item) => this.take(item)) : nothing}
      </div>
      <span class="visually-hidden" role="status"
        >${list ? plural(list.completions.items.length, 'suggestion') : ''}</span
      >
      <p class="filter-correction" role="status" ?hidden=${corrected === null}>${corrected ?? ''}</p>
      ${this.helps ? filterHelp((example) => this.insert(example)) : nothing}
    </div>`;
  }

  private readonly onInput = (): void => {
    this.change(this.input.value);
    this.suggestSoon();
  };

  private readonly onClick = (): void => {
    if (this.list) this.suggestSoon();
  };

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { list, activeItem } = this;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        if (list) this.list = moveActive(list, event.key === 'ArrowDown' ? 1 : -1);
        else this.suggestions.restart();
        break;
      case 'Enter':
        event.preventDefault();
        if (activeItem) this.take(activeItem);
        else this.search();
        break;
      case 'Tab':
        if (!activeItem || event.shiftKey) break; // on to what comes next, as ever
        event.preventDefault();
        this.take(activeItem);
        break;
      case 'ArrowLeft':
      case 'ArrowRight':
      case 'Home':
      case 'End':
        if (list) this.suggestSoon(); // the caret may stand at another word now
        break;
      case 'Escape':
        if (!list && this.typed === '') break;
        event.stopPropagation();
        event.preventDefault();
        if (list) this.close();
        else this.clear();
        break;
    }
  };

  private readonly onHelpKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.helps || event.defaultPrevented) return;
    event.preventDefault();
    this.helps = false;
    this.input.focus();
  };

  private search(): void {
    this.close();
    this.sendNow(this.typed);
  }

  private take(item: CompletionItem): void {
    if (this.list?.text !== this.typed) return; // typing went on, and other suggestions are on their way
    const { text, caret } = takeItem(this.list, item);
    this.close();
    this.change(text);
    void this.placeCaret(caret).then(() => isOpenEnded(item) && this.suggestions.restart());
  }

  /** Puts an example of the help behind what is there. */
  private insert(example: string): void {
    const text = this.typed.trim() === '' ? example : `${this.typed.trimEnd()} ${example}`;
    this.change(text);
    void this.placeCaret(text.length);
  }

  private async placeCaret(caret: number): Promise<void> {
    await this.updateComplete;
    this.input.focus();
    this.input.setSelectionRange(caret, caret);
  }

  private clear(): void {
    this.close();
    this.sendNow('');
    this.input.focus();
  }

  private change(text: string): void {
    this.typed = text;
    clearTimeout(this.sending);
    this.sending = setTimeout(() => this.sendNow(this.typed), SEND_MS);
  }

  private sendNow(text: string): void {
    clearTimeout(this.sending);
    this.sending = undefined;
    this.typed = text;
    if (text !== this.text) this.send(text);
  }

  private suggestSoon(): void {
    clearTimeout(this.suggesting);
    this.suggestions.stop(); // its answer is about a text that is no more
    if (this.list) this.list = { ...this.list, active: null };
    this.suggesting = setTimeout(() => {
      if (this.typed.trim() === '') this.close();
      else this.suggestions.restart();
    }, SUGGEST_MS);
  }

  private close(): void {
    clearTimeout(this.suggesting);
    this.suggestions.stop();
    this.list = null;
  }

  private get activeItem(): CompletionItem | undefined {
    const { list } = this;
    return list === null || list.active === null ? undefined : list.completions.items[list.active];
  }

  private get input(): HTMLInputElement {
    const input = this.querySelector<HTMLInputElement>('input[role="combobox"]');
    if (!input) throw new Error('the filter field is not rendered');
    return input;
  }
}

function filterError(text: string, error: NonNullable<ViewState['filterError']>): TemplateResult {
  const { before, at, after } = pointAt(text, error.offset);
  return html`<div class="filter-error" role="alert">
    <p>${error.message}</p>
    <p class="filter-error-place" aria-label="at character ${error.offset + 1}">
      <code>${before}<mark>${at}</mark>${after}</code>
    </p>
  </div>`;
}
