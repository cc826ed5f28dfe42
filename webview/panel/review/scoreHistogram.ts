import { html, nothing, svg, type TemplateResult } from 'lit';
import { formatCount } from '../../shared/formats';
import { acceptedAt, acceptedWords, type ScoreCounts } from '../policy/scoreCounts';
import { stackedBars } from '../policy/stackedBars';
import { thresholdSlider } from '../policy/thresholdSlider';

const BAR_SCORES = 2;
const HEIGHT = 40;

export interface HistogramView {
  /** Whose scores: "dark by Built-in tagger". */
  readonly of: string;
  readonly scores: ScoreCounts;
  readonly threshold: number;
}

/** The stored scores with a threshold to move over them, and what each setting would accept. */
export function scoreHistogram(view: HistogramView, move: (threshold: number) => void): TemplateResult {
  const { scores, threshold } = view;
  const words = acceptedWords(acceptedAt(scores, threshold));
  const below = acceptedAt(scores, 0).approved - acceptedAt(scores, threshold).approved;
  return html`<div class="histogram">
    <svg viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      ${stackedBars(scores, BAR_SCORES).map((bar, i) => {
        const part = (name: string, from: number, to: number) =>
          svg`<rect class="${name} ${(i + 1) * BAR_SCORES > threshold ? 'accepted' : ''}" x=${i * BAR_SCORES} y=${HEIGHT * (1 - to)} width=${BAR_SCORES * 0.85} height=${HEIGHT * (to - from)}></rect>`;
        return [
          part('approved', 0, bar.approved),
          part('rejected', bar.approved, bar.rejected),
          part('open', bar.rejected, bar.all),
        ];
      })}
      ${svg`<line x1=${threshold} x2=${threshold} y1="0" y2=${HEIGHT}></line>`}
    </svg>
    ${thresholdSlider({ of: view.of, value: threshold, valueText: `${threshold} %: ${words}` }, move)}
    <p class="histogram-legend muted" aria-hidden="true">
      <span class="approved"></span> approved <span class="rejected"></span> rejected <span class="open"></span> not
      reviewed
    </p>
    <p class="numbers"><strong>At ${threshold} %:</strong> ${words}</p>
    ${
      below > 0
        ? html`<p class="numbers">
            ${formatCount(below)} approved ${below === 1 ? 'answer lies' : 'answers lie'} below it; what a person
            approved stays a tag all the same.
          </p>`
        : nothing
    }
  </div>`;
}
