import { html, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LightElement } from '../shared/lightElement';
import { styled } from '../shared/styled';
import { legendColor, MEASURE_GRADIENT, NO_CATEGORY } from './map/palette';
import { measureHistogram, pointsWithin, type Coloring } from './mapColoring';
import { textButton } from './textButton';

const BARS = 48;

/**
 * What the colours of a measure mean: a histogram over them, and two fields for a range to select.
 *
 * @fires range-chosen - `{points}`: indices of the points within
 */
@customElement('datavisor-measure-legend')
export class MeasureLegend extends LightElement {
  @property({ attribute: false }) measure!: NonNullable<Coloring['measure']>;
  @property({ attribute: false }) mask: Uint8Array | null = null;
  @state() private from = '';
  @state() private to = '';
  private counts: Uint32Array = new Uint32Array(BARS);
  private unknown = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('measure') && changed.get('measure')?.title !== this.measure.title) this.from = this.to = '';
    if (!changed.has('measure') && !changed.has('mask')) return;
    const mask = this.mask?.length === this.measure.values.length ? this.mask : null;
    this.counts = measureHistogram(this.measure, mask, BARS);
    this.unknown = this.measure.values.reduce((sum, value) => sum + (Number.isNaN(value) ? 1 : 0), 0);
  }

  protected override render(): TemplateResult {
    const { title, unit, low, high } = this.measure;
    const [least, most] = [formatMeasure(low, high - low), formatMeasure(high, high - low)];
    const said = `${title} from ${least} to ${most}${unit && ` ${unit}`}`;
    return html`<form
      class="measure-legend"
      aria-label=${`Colours of the map: ${said}`}
      @submit=${(event: Event) => this.choose(event)}
    >
      <div class="measure-scale" role="img" aria-label=${said}>
        <svg viewBox="0 0 ${BARS} 16" preserveAspectRatio="none" aria-hidden="true">${this.bars()}</svg>
        <div class="measure-colors" ${styled({ background: `var(${MEASURE_GRADIENT})` })}></div>
        <div class="measure-ends numbers muted">
          <span>${least}</span><span>${title}${unit && ` (${unit})`}</span><span>${most}</span>
        </div>
      </div>
      ${this.field('From', this.from, least, (text) => (this.from = text))}
      ${this.field('to', this.to, most, (text) => (this.to = text))}
      ${textButton({ label: 'Select', submits: true, title: 'Select the images within this range' })}
      ${
        this.unknown > 0
          ? html`<span class="legend-entry muted"
              ><span class="legend-color" aria-hidden="true" ${styled({ background: legendColor(NO_CATEGORY) })}></span>
              not known <span class="numbers">${this.unknown.toLocaleString('en')}</span></span
            >`
          : nothing
      }
    </form>`;
  }

  private bars(): unknown[] {
    const most = this.counts.reduce((highest, count) => Math.max(highest, count), 1);
    return Array.from(this.counts, (count, i) => {
      const height = count === 0 ? 0 : Math.max(1, (16 * count) / most);
      return svg`<rect x=${i + 0.1} y=${16 - height} width="0.8" height=${height} />`;
    });
  }

  private field(label: string, value: string, hint: string, changed: (text: string) => void): TemplateResult {
    return html`<label class="toolbar-field"
      ><span class="toolbar-label">${label}</span>
      <input
        type="number"
        class="field measure-field"
        step="any"
        placeholder=${hint}
        .value=${value}
        @input=${(event: Event) => changed((event.target as HTMLInputElement).value)}
    /></label>`;
  }

  private choose(event: Event): void {
    event.preventDefault();
    const limit = (text: string) => (text === '' ? null : Number(text));
    const points = pointsWithin(this.measure.values, limit(this.from), limit(this.to));
    this.dispatchEvent(new CustomEvent('range-chosen', { detail: { points } }));
  }
}

/** With as many digits as a range needs. */
function formatMeasure(value: number, span: number): string {
  const digits = Math.max(0, Math.min(3, 2 - Math.floor(Math.log10(span))));
  return value.toLocaleString('en', { maximumFractionDigits: digits, useGrouping: false });
}
