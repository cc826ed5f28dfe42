import { html, nothing, type TemplateResult } from 'lit';
import type { SampleDetail } from '../../../src/protocol/viewApi';
import { styled } from '../../shared/styled';
import { formatScore, sourceName } from './detailWords';

/** The tags of an image: what they are about, who said so and how sure. */
export function detailTags({ tagDetails: tags, models, dimensions }: SampleDetail): TemplateResult {
  if (tags.length === 0) return html`<p class="muted">No tags.</p>`;
  const rows = tags.map(
    ({ tag, dimension, source, confidence }) =>
      html`<tr>
        <th scope="row"><span class="tag">${tag}</span></th>
        ${origin(dimensionTitle(dimension, dimensions), sourceName(source, models))}
        <td class="score">${scoreBar(confidence)}</td>
      </tr>`,
  );
  return scoreTable(['Tag', 'Dimension and source', 'Confidence'], rows);
}

/** What every model said of an image, what was too uncertain to become a tag included. */
export function detailPredictions({ predictions, models, dimensions }: SampleDetail): TemplateResult | typeof nothing {
  if (predictions.length === 0) return nothing;
  const rows = predictions.map(
    ({ model, dimension, tag, score }) =>
      html`<tr>
        <th scope="row">${tag}</th>
        ${origin(dimensionTitle(dimension, dimensions), sourceName(model, models))}
        <td class="score">${scoreBar(score)}</td>
      </tr>`,
  );
  return html`<details class="detail-section">
    <summary>All predictions (${predictions.length})</summary>
    ${scoreTable(['Prediction', 'Dimension and model', 'Score'], rows)}
  </details>`;
}

/** What it is about and who says so: on two lines where there is little room. */
function origin(dimension: string, source: string): TemplateResult {
  return html`<td class="muted origin" title="${dimension} · ${source}">
    <span class="ellipsis">${dimension}</span> <span class="origin-source ellipsis">${source}</span>
  </td>`;
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

/** What a dimension is called; its name where the vocabulary has it no more. */
export function dimensionTitle(name: string, dimensions: SampleDetail['dimensions']): string {
  return dimensions.find((dimension) => dimension.name === name)?.title ?? name;
}
