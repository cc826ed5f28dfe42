import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { live } from 'lit/directives/live.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { SampleRow } from '../../../src/protocol/viewApi';
import { formatCount } from '../../shared/formats';
import { icon, iconButton } from '../../shared/icon';
import { STATE_ICONS } from './reviewCell';
import type { ReviewItem, Verdict } from './reviewQueue';
import { confidenceWords, VERDICT_WORDS } from './reviewWords';
import type { Suggestion } from './suggestionList';

export interface SingleViewState {
  readonly item: ReviewItem;
  readonly size: number;
  readonly row: SampleRow | undefined;
  readonly image: string | null | undefined;
  readonly thumbnail: string | null | undefined;
  readonly suggestions: readonly Suggestion[];
  /** Tags that approve and reject are about. */
  readonly chosen: ReadonlySet<string>;
}

export interface SingleViewActions {
  decide(verdict: Verdict): void;
  choose(tag: string): void;
  go(direction: 1 | -1): void;
  findSimilar(): void;
  imageBroken(): void;
}

/** One image, large, with the question whether a suggestion is right, and what else is suggested for it. */
export function singleView(view: SingleViewState, actions: SingleViewActions): TemplateResult {
  const { item, row } = view;
  const path = row?.path ?? '';
  return html`<section class="single" tabindex="-1" role="group" aria-labelledby="single-question single-answer">
    <div class="frame single-image">${keyed(item.id, largeImage(view, path, actions))}</div>
    <div class="single-side">
      <p class="single-place muted">
        ${iconButton('arrow-left', 'Previous image', () => actions.go(-1))}
        <span class="numbers">${formatCount(item.index + 1)} of ${formatCount(view.size)}</span>
        ${iconButton('arrow-right', 'Next image', () => actions.go(1))}
      </p>
      <h2 class="single-question" id="single-question">${item.tag}?</h2>
      <p id="single-answer">
        ${item.provider} says <strong class="numbers">${confidenceWords(item.confidence)}</strong>${
          item.inUse ? html`, <span class="muted">in use already</span>` : nothing
        }
      </p>
      <p class="single-verdict ${item.state}">
        ${
          item.state === 'undecided'
            ? nothing
            : html`${icon(STATE_ICONS[item.state])}
              ${item.state === 'settled' ? 'No longer a suggestion' : VERDICT_WORDS[item.state]}`
        }
      </p>
      <div class="single-buttons">
        <vscode-button icon="check" @click=${() => actions.decide('approved')}>Approve (A)</vscode-button>
        <vscode-button secondary icon="close" @click=${() => actions.decide('rejected')}>Reject (R)</vscode-button>
      </div>
      ${suggestionList(view, actions)}
      <p class="single-path muted" title=${path}>${path}</p>
      <p>
        <button type="button" class="link-button" @click=${() => actions.findSimilar()}>Find Similar (F)</button>
      </p>
    </div>
  </section>`;
}

function largeImage(view: SingleViewState, path: string, actions: SingleViewActions): TemplateResult {
  const source = view.image ?? view.thumbnail;
  if (source) return html`<img src=${source} alt=${path} draggable="false" @error=${() => actions.imageBroken()} />`;
  return view.image === null && view.thumbnail === null
    ? html`<p class="cell-none">${icon('file-media')} This image cannot be shown.</p>`
    : html`<div class="single-wait skeleton" role="status" aria-label="Loading image"></div>`;
}

function suggestionList(view: SingleViewState, actions: SingleViewActions): TemplateResult {
  return html`<fieldset class="single-list">
    <legend>Decide about</legend>
    <ol>
      ${view.suggestions.map(
        (suggestion, i) =>
          html`<li>
            <label class="check single-choice ${suggestion.state}">
              <kbd>${i < 9 ? i + 1 : ''}</kbd>
              <input
                type="checkbox"
                .checked=${live(view.chosen.has(suggestion.tag))}
                @change=${() => actions.choose(suggestion.tag)}
              />
              <span class="single-tag ellipsis">${suggestion.tag}</span>
              ${
                suggestion.state === 'undecided'
                  ? nothing
                  : html`<span
                      >${icon(STATE_ICONS[suggestion.state])}<span class="visually-hidden"
                        >${suggestion.state}</span
                      ></span
                    >`
              }
              <span class="muted numbers" title=${suggestion.provider}>${confidenceWords(suggestion.confidence)}</span>
              <span class="visually-hidden">${suggestion.provider}${suggestion.inUse ? ', in use already' : ''}</span>
            </label>
          </li>`,
      )}
    </ol>
  </fieldset>`;
}
