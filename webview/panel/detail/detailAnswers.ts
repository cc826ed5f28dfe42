import { html, nothing, type TemplateResult } from 'lit';
import type { SampleDetail } from '../../../src/protocol/viewApi';
import { compareAnswers, type Answer } from './compareAnswers';
import { dimensionTitle, scoreBar } from './detailTags';

/** Whether something else than the built-in tagger has said something of this image. */
export function hasModelAnswers({ models }: Pick<SampleDetail, 'models'>): boolean {
  return models.some(({ name }) => name !== 'builtin');
}

/** What each model answered to each question, in a column each. */
export function detailAnswers(detail: SampleDetail): TemplateResult | typeof nothing {
  const { models, dimensions } = detail;
  const rows = compareAnswers(detail);
  if (rows.length === 0) return nothing;
  return html`<section class="detail-section" aria-label="Answers by provider">
    <h3>Answers by provider</h3>
    <div class="answers">
      <table class="answers-table">
        <thead>
          <tr>
            <td></td>
            ${models.map(({ title }) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ dimension, answers }) =>
              html`<tr>
                <th scope="row" class="muted">${dimensionTitle(dimension, dimensions)}</th>
                ${answers.map((answer) => html`<td>${answerCell(answer)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function answerCell(answer: Answer | null): TemplateResult {
  if (!answer) return html`<span class="muted" aria-label="not asked">–</span>`;
  return html`<div class="answer">
    <span>${answer.tag}</span>
    <span class="score">${scoreBar(answer.score)}</span>
  </div>`;
}

/** Captions, by who wrote them. */
export function detailCaptions(models: SampleDetail['models']): TemplateResult | typeof nothing {
  const written = models.filter(({ caption }) => caption !== null);
  if (written.length === 0) return nothing;
  return html`<section class="detail-section" aria-label="Captions">
    <h3>${written.length === 1 ? 'Caption' : 'Captions'}</h3>
    ${written.map(
      ({ title, caption }) =>
        html`<figure class="caption">
          <blockquote>${caption}</blockquote>
          <figcaption class="muted">${title}</figcaption>
        </figure>`,
    )}
  </section>`;
}
