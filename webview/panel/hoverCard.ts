import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { SampleRow } from '../../src/protocol/viewApi';
import { splitPath } from '../shared/formats';
import { LightElement } from '../shared/lightElement';
import { sampleRemarks } from './grid/sampleWords';
import { placeCard } from './placeCard';

const DELAY_MS = 450;

interface Shown {
  readonly row: SampleRow;
  /** Asked each time it is drawn: it may come later than the card. */
  readonly thumbnail: () => string | null;
  readonly box: DOMRect;
}

/** A larger look at the image under the pointer or the keyboard focus. Screen readers have its words already. */
@customElement('datavisor-hover-card')
export class HoverCard extends LightElement {
  @state() private shown: Shown | null = null;
  private waitingId: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Shows the image after a moment, at once when another is shown already. */
  show(row: SampleRow, thumbnail: () => string | null, box: DOMRect): void {
    if (this.waitingId === row.id) return;
    clearTimeout(this.timer);
    this.waitingId = row.id;
    const open = () => (this.shown = { row, thumbnail, box });
    if (this.shown) open();
    else this.timer = setTimeout(open, DELAY_MS);
  }

  hide(): void {
    clearTimeout(this.timer);
    this.waitingId = null;
    this.shown = null;
  }

  /** Puts the card away until another image is pointed at. */
  dismiss(): void {
    clearTimeout(this.timer);
    this.shown = null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.shown) return nothing;
    const { row } = this.shown;
    const thumbnail = this.shown.thumbnail();
    const { folder, name } = splitPath(row.path);
    return html`<div class="hover-card" role="tooltip" aria-hidden="true">
      ${thumbnail ? html`<img src=${thumbnail} alt="" @load=${() => this.place()} />` : nothing}
      <div class="hover-path"><span class="muted">${folder}</span>${name}</div>
      ${row.width > 0 ? html`<div class="muted numbers">${row.width} × ${row.height}</div>` : nothing}
      ${sampleRemarks(row).map((remark) => html`<div class="hover-remark">${remark}</div>`)}
      ${
        row.tags.length > 0
          ? html`<div class="tags">${row.tags.map((tag) => html`<span class="tag">${tag}</span>`)}</div>`
          : nothing
      }
    </div>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.place();
  }

  private place(): void {
    const card = this.querySelector<HTMLElement>('.hover-card');
    if (!card || !this.shown) return;
    const size = { width: card.offsetWidth, height: card.offsetHeight };
    const { left, top } = placeCard(this.shown.box, size, { width: window.innerWidth, height: window.innerHeight });
    card.style.left = `${left}px`;
    card.style.top = `${top}px`;
  }
}
