import { html, nothing, type TemplateResult } from 'lit';
import type { SampleDetail } from '../../../src/protocol/viewApi';
import { VOCABULARY } from '../../../src/protocol/vocabulary';
import { styled } from '../../shared/styled';
import { formatScore, sourceName } from './detailWords';

/** The tags of an image: what they are about, who said so and how sure. */
export function detailTags({ tagDetails: tags, models }: Pick<SampleDetail, 'tagDetails' | 'models'>): TemplateResult {
  if (tags.length === 0) return html`<p class="muted">No tags.</p>`;
  const rows = tags.map(
    ({ tag, dimension, source, confidence }) =>
      html`<tr>
        <th scope="row"><span class="tag">${tag}</span></th>
        <td class="muted ellipsis">${dimensionTitle(dimension)} · ${sourceName(source, models)}</td>
        <td class="score">${scoreBar(confidence)}</td>
      </tr>`,
  );
  return scoreTable(['Tag', 'Dimension and source', 'Confidence'], rows);
}

/** What every model said of an image, what was too uncertain to become a tag included. */
export function detailPredictions({
  predictions,
  models,
}: Pick<SampleDetail, 'predictions' | 'models'>): TemplateResult | typeof nothing {
  if (predictions.length === 0) return nothing;
  const rows = predictions.map(
    ({ model, dimension, tag, score }) =>
      html`<tr>
        <th scope="row">${tag}</th>
        <td class="muted ellipsis">${dimensionTitle(dimension)} · ${sourceName(model, models)}</td>
        <td class="score">${scoreBar(score)}</td>
      </tr>`,
  );
  return html`<details class="detail-section">
    <summary>All predictions (${predictions.length})</summary>
    ${scoreTable(['Prediction', 'Dimension and model', 'Score'], rows)}
  </details>`;
}

/** @param headings of the three columns, for screen readers */
function scoreTable(headings: readonly string[], rows: readonly TemplateResult[]): TemplateResult {
  return html`<table class="detail-table">
    <colgroup>
      <col class="name-column" />
      <col />
      <col class="score-column" />
    </colgroup>
    <thead class="visually-hidden">
      <tr>
        ${headings.map((heading) => html`<th>${heading}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

export function scoreBar(score: number): TemplateResult {
  const percent = Math.min(Math.max(0, score), 100);
  return html`<span class="score-bar" aria-hidden="true"><span ${styled({ width: `${percent}%` })}></span></span>
    <span class="numbers">${formatScore(score)}</span>`;
}

/** What a dimension is called; people's own ones have their name. */
export function dimensionTitle(name: string): string {
  return VOCABULARY.find((dimension) => dimension.name === name)?.title ?? name;
}
