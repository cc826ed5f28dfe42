import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DecideAction } from '../../../src/protocol/tagApi';
import type { SampleDetail } from '../../../src/protocol/viewApi';
import { icon, iconButton } from '../../shared/icon';
import { styled } from '../../shared/styled';
import '../../shared/tagInput';
import type { TagSuggestions } from '../../shared/tagOptions';
import { formatScore, sourceName } from './detailWords';
import { disagreements } from './disagreements';
import { describeDecision, describeOrigin, keptAway, saidBy } from './provenance';

export interface TagActions {
  /** @param dimension what the decision is about; null: that of the tag */
  decide(tag: string, action: DecideAction, dimension: string | null): void;
  suggest(text: string): Promise<TagSuggestions>;
}

/** The tags of an image: what they are about, who said so, when and how sure; and the field for another one. */
export function detailTags(detail: SampleDetail, actions: TagActions): TemplateResult {
  const { tagDetails: tags, models, dimensions } = detail;
  return html`<section class="detail-section" aria-label="Tags" data-focus-group="tags">
      <h3>Tags</h3>
      ${disagreements(detail).map(
        (words) => html`<p class="disagreement">${icon('git-compare')} <span>${words}</span></p>`,
      )}
      ${
        tags.length === 0
          ? html`<p class="muted">No tags.</p>`
          : decidable(
              'Tag and source',
              repeat(
                tags,
                ({ tag }) => tag,
                (tag) =>
                  html`<tr>
                    ${said(
                      html`<span class="tag" title=${tag.tag}>${tag.tag}</span>`,
                      dimensionTitle(tag.dimension, dimensions),
                      tag.impliedBy === null ? saidBy(tag, models) : `follows from “${tag.impliedBy}”`,
                      describeOrigin(tag, models),
                    )}
                    <td class="score">${scoreBar(tag.confidence)}</td>
                    <td class="decide">
                      ${
                        tag.source === 'person' || tag.impliedBy !== null
                          ? nothing
                          : iconButton('check', `Approve “${tag.tag}”`, () =>
                              actions.decide(tag.tag, 'approved', tag.dimension),
                            )
                      }
                      ${iconButton('close', `Remove “${tag.tag}”`, () =>
                        actions.decide(tag.tag, 'removed', tag.dimension),
                      )}
                    </td>
                  </tr>`,
              ),
            )
      }
      <datavisor-tag-input
        class="detail-add"
        .suggest=${(text: string) => actions.suggest(text)}
        @tag-chosen=${(event: CustomEvent<{ tag: string }>) => actions.decide(event.detail.tag, 'added', null)}
      ></datavisor-tag-input>
    </section>
    ${suggestions(detail, actions)} ${decisionsAgainst(detail, actions)}`;
}

function suggestions(
  { pending, models, dimensions }: SampleDetail,
  actions: TagActions,
): TemplateResult | typeof nothing {
  if (pending.length === 0) return nothing;
  return html`<section class="detail-section" aria-label="Suggestions" data-focus-group="suggestions">
    <h3>Suggestions</h3>
    ${decidable(
      'Suggestion and source',
      repeat(
        pending,
        ({ tag }) => tag,
        ({ tag, dimension, source, runId, confidence }) => {
          const by = saidBy({ source, runId, since: null }, models);
          return html`<tr>
            ${said(
              html`<span class="tag suggested" title=${tag}>${tag}</span>`,
              dimensionTitle(dimension, dimensions),
              by,
              `${by} suggests “${tag}”. It waits for you.`,
            )}
            <td class="score">${scoreBar(confidence)}</td>
            <td class="decide">
              ${iconButton('check', `Approve “${tag}”`, () => actions.decide(tag, 'approved', dimension))}
              ${iconButton('close', `Reject “${tag}”`, () => actions.decide(tag, 'rejected', dimension))}
            </td>
          </tr>`;
        },
      ),
    )}
  </section>`;
}

function decisionsAgainst({ decisions }: SampleDetail, actions: TagActions): TemplateResult | typeof nothing {
  const against = keptAway(decisions);
  if (against.length === 0) return nothing;
  return html`<section class="detail-section" aria-label="Kept away" data-focus-group="decisions">
    <h3>Kept away</h3>
    <ul class="decisions">
      ${repeat(
        against,
        ({ tag }) => tag,
        (decision) =>
          html`<li>
            <span>${describeDecision(decision)}</span>
            <button
              type="button"
              class="link-button"
              aria-label="Take back: ${describeDecision(decision)}"
              @click=${() => actions.decide(decision.tag, 'withdrawn', decision.dimension)}
            >
              Take back
            </button>
          </li>`,
      )}
    </ul>
  </section>`;
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

/** A tag with what it is about and who says so below it. @param sentence all that is known of that, as a tooltip */
function said(tag: TemplateResult, dimension: string, source: string, sentence: string): TemplateResult {
  return html`<th scope="row" title=${sentence}>
    ${tag}
    <span class="said muted">${dimension} · ${source}</span>
  </th>`;
}

/** A table of tags with how sure they are and buttons. @param heading of the first column */
function decidable(heading: string, rows: unknown): TemplateResult {
  return table(
    html`<col />
      <col class="score-column" />
      <col class="decide-column" />`,
    [heading, 'Confidence', 'Decide'],
    rows,
    'decidable',
  );
}

function scoreTable(headings: readonly string[], rows: unknown): TemplateResult {
  return table(
    html`<col class="name-column" />
      <col />
      <col class="score-column" />`,
    headings,
    rows,
  );
}

/** @param headings of the columns, for screen readers */
function table(columns: TemplateResult, headings: readonly string[], rows: unknown, kind = ''): TemplateResult {
  return html`<table class="detail-table ${kind}">
    <colgroup>
      ${columns}
    </colgroup>
    <thead class="visually-hidden">
      <tr>
        ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
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
