import { html, nothing, svg, type TemplateResult } from 'lit';
import { inheritance } from './inheritance';
import { acceptedAt, acceptedWords, type ScoreCounts } from './scoreCounts';
import { stackedBars } from './stackedBars';
import { thresholdSlider } from './thresholdSlider';

const BAR_SCORES = 2;

export interface ThresholdView {
  /** Whose threshold, for screen readers: "Built-in tagger, Lighting". */
  readonly of: string;
  /** As it stands, or as the slider is just being moved. */
  readonly value: number;
  readonly inherited: number;
  /** Set for this one, not inherited. */
  readonly isOwn: boolean;
  /** Of the answers that this threshold decides about; undefined while they are on their way. */
  readonly scores: ScoreCounts | undefined;
  readonly disabled: boolean;
}

export interface ThresholdActions {
  /** The slider or the number is being changed. */
  move(value: number): void;
  set(value: number): void;
  reset(): void;
}

/** A threshold as slider and number, with what it would accept of the answers that are there. */
export function thresholdControl(view: ThresholdView, actions: ThresholdActions): TemplateResult {
  const { of, value, inherited, isOwn, scores, disabled } = view;
  const words = scores ? acceptedWords(acceptedAt(scores, value)) : 'Counting …';
  const moved = (event: Event, then: (value: number) => void) => {
    const { value: text } = event.target as HTMLInputElement;
    const number = Number(text);
    if (text !== '' && number >= 0 && number <= 100) then(number);
    else (event.target as HTMLInputElement).value = String(value);
  };
  return html`<div class="threshold">
    <div class="threshold-inputs">
      <div class="threshold-slide">
        ${histogram(scores, value)}
        ${thresholdSlider(
          { of, value, valueText: `${value}: ${words}`, disabled },
          (number) => actions.move(number),
          (number) => actions.set(number),
        )}
      </div>
      <input
        type="number"
        class="field threshold-number"
        min="0"
        max="100"
        step="any"
        aria-label="Threshold of ${of} as a number"
        .value=${String(value)}
        ?disabled=${disabled}
        @change=${(event: Event) => moved(event, (number) => actions.set(number))}
      />
      ${inheritance({ label: `threshold ${inherited} for ${of}`, inherited, isOwn, disabled }, () => actions.reset())}
    </div>
    <p class="numbers">${words}</p>
  </div>`;
}

/** How the scores lie, those accepted set off. Decoration: the words say what matters. */
function histogram(scores: ScoreCounts | undefined, threshold: number): TemplateResult | typeof nothing {
  if (!scores) return nothing;
  return html`<svg class="threshold-scores" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
    ${stackedBars(scores, BAR_SCORES).map(({ all }, index) => {
      const accepted = (index + 1) * BAR_SCORES > threshold;
      return svg`<rect class=${accepted ? 'accepted' : ''} x=${index * BAR_SCORES} y=${20 - 20 * all} width=${BAR_SCORES * 0.8} height=${20 * all}></rect>`;
    })}
  </svg>`;
}
