import './announcer.css';
import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { LightElement } from './lightElement';

const SHOWN_MS = 6000;

/** The one place of a page where outcomes are said: read out by screen readers, and shown for a few seconds. */
@customElement('datavisor-announcer')
export class Announcer extends LightElement {
  @state() private text = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  say(text: string): void {
    clearTimeout(this.timer);
    this.text = ''; // the same text once more has to be a change, or it is not read out
    void this.updateComplete.then(() => {
      this.text = text;
      this.timer = setTimeout(() => (this.text = ''), SHOWN_MS);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override render(): TemplateResult {
    return html`<div class="announcer ${this.text === '' ? '' : 'speaking'}" role="status" aria-label="Outcome">
      ${this.text}
    </div>`;
  }
}

/** Says the outcome of what a person did, as "Done: Add “dark” to 3 images". */
export function announce(text: string): void {
  document.querySelector<Announcer>('datavisor-announcer')?.say(text);
}
