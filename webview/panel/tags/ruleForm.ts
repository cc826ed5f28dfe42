import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { icon } from '../../shared/icon';
import { LightElement } from '../../shared/lightElement';
import type { TagSuggestions } from '../../shared/tagOptions';
import { textButton } from '../textButton';
import './tagChoice';

interface RuleWords {
  readonly first: string;
  readonly second: string;
  readonly button: string;
}

/** Two names that are to hang together, and the button that does it. */
@customElement('datavisor-rule-form')
export class RuleForm extends LightElement {
  @property({ attribute: false }) words: RuleWords = { first: '', second: '', button: '' };
  /** The first one is a name that no tag has, typed freely. */
  @property({ attribute: false }) firstIsNew = false;
  /** Why the last one was refused, in words. */
  @property({ attribute: false }) problem: string | null = null;
  @property({ attribute: false }) suggest!: (text: string) => Promise<TagSuggestions>;
  /** Returns whether it was done; the form is empty then. */
  @property({ attribute: false }) add!: (first: string, second: string) => Promise<boolean>;
  @state() private first: string | null = null;
  @state() private second: string | null = null;

  protected override render(): TemplateResult {
    const { words, problem, first, second } = this;
    return html`<form class="rule-form" aria-label=${words.button} @submit=${this.onSubmit}>
      <div class="rule-fields">
        <div class="rule-field">${this.firstIsNew ? this.renderText() : this.renderChoice('first')}</div>
        ${icon('arrow-right')}
        <div class="rule-field">${this.renderChoice('second')}</div>
        ${textButton({
          label: words.button,
          disabled: !first?.trim() || second === null,
          title: `Fill in both: ${words.first.toLowerCase()}, ${words.second.toLowerCase()}`,
          submits: true,
        })}
      </div>
      ${problem === null ? nothing : html`<p class="field-problem" role="alert">${icon('error')} ${problem}</p>`}
    </form>`;
  }

  private renderText(): TemplateResult {
    const { first } = this.words;
    return html`<input
      type="text"
      class="field"
      maxlength="200"
      placeholder=${first}
      aria-label=${first}
      autocomplete="off"
      spellcheck="false"
      .value=${live(this.first ?? '')}
      @input=${(event: Event) => (this.first = (event.target as HTMLInputElement).value)}
    />`;
  }

  private renderChoice(which: 'first' | 'second'): TemplateResult {
    return html`<datavisor-tag-choice
      .label=${this.words[which]}
      .value=${this[which]}
      .suggest=${this.suggest}
      @tag-chosen=${(event: CustomEvent<{ tag: string }>) => (this[which] = event.detail.tag)}
    ></datavisor-tag-choice>`;
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.submit();
  };

  private async submit(): Promise<void> {
    const { first, second } = this;
    if (!first?.trim() || second === null) return;
    if (!(await this.add(first, second))) return;
    this.first = null;
    this.second = null;
    await this.updateComplete;
    this.querySelector<HTMLElement>('.rule-field :is(datavisor-tag-choice, input)')?.focus();
  }
}
