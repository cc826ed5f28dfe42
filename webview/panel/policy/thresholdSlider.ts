import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';

interface SliderView {
  /** Whose threshold, for screen readers: "Built-in tagger, Lighting". */
  readonly of: string;
  /** 0 to 100. */
  readonly value: number;
  /** The value and what it comes to. */
  readonly valueText: string;
  readonly disabled?: boolean;
}

/** @param move as long as it is moved @param set where it was let go */
export function thresholdSlider(
  { of, value, valueText, disabled = false }: SliderView,
  move: (value: number) => void,
  set?: (value: number) => void,
): TemplateResult {
  const valueOf = (event: Event) => Number((event.target as HTMLInputElement).value);
  return html`<input
    type="range"
    class="slider"
    min="0"
    max="100"
    step="1"
    aria-label="Threshold of ${of}"
    aria-valuetext=${valueText}
    .value=${live(String(value))}
    ?disabled=${disabled}
    @input=${(event: Event) => move(valueOf(event))}
    @change=${(event: Event) => set?.(valueOf(event))}
  />`;
}
