import { html, nothing, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { SampleDetail } from '../../../src/protocol/viewApi';
import { splitPath } from '../../shared/formats';
import { icon, iconButton } from '../../shared/icon';
import { failureNotice, notice } from '../../shared/notice';
import { sampleRemarks, similarityText } from '../grid/sampleWords';
import { detailAnswers, detailCaptions, hasModelAnswers } from './detailAnswers';
import { detailPredictions, detailTags, type TagActions } from './detailTags';

/** Duplicates shown by their thumbnails; more are reached by the filter. */
export const DUPLICATES_SHOWN = 12;

export interface DetailView {
  /** Undefined while it loads, null when the image is no longer in the dataset. */
  readonly detail: SampleDetail | null | undefined;
  readonly failure: string | null;
  readonly thumbnail: string | null | undefined;
  readonly thumbnailOf: (id: number) => string | null | undefined;
}

export interface DetailActions extends TagActions {
  close(): void;
  retry(): void;
  open(id: number): void;
  openFile(id: number): void;
  findSimilar(id: number): void;
  showDuplicates(id: number): void;
}

/** Everything that is known about one image. */
export function detailPane(view: DetailView, actions: DetailActions): TemplateResult {
  const { detail } = view;
  return html`<aside class="detail" aria-label=${detail ? `Details of ${detail.path}` : 'Details'} tabindex="-1">
    <header class="detail-head">
      ${detail ? heading(detail.path, detail.file) : html`<h2 class="detail-name">Details</h2>`}
      ${iconButton('close', 'Close details', () => actions.close())}
    </header>
    <div class="detail-body">${body(view, actions)}</div>
  </aside>`;
}

function heading(path: string, file: string): TemplateResult {
  const { folder, name } = splitPath(path);
  return html`<div class="detail-title" title=${file}>
    <h2 class="detail-name ellipsis">${name}</h2>
    ${folder ? html`<div class="muted ellipsis">${folder}</div>` : nothing}
  </div>`;
}

function body(view: DetailView, actions: DetailActions): TemplateResult | typeof nothing {
  const { detail, failure } = view;
  if (failure !== null) {
    return failureNotice('The details could not be read', failure, () => actions.retry());
  }
  if (detail === null) {
    return notice({ icon: 'question', title: 'This image is gone', text: 'It is no longer part of the dataset.' });
  }
  if (!detail) return html`<div class="skeleton detail-wait" role="status" aria-label="Loading"></div>`;
  const speaks = hasModelAnswers(detail); // which take more room than the column beside the image has
  return html`<div class="detail-parts">
    <div class="detail-look">
      <div class="detail-image" @dblclick=${() => actions.openFile(detail.id)}>
        ${
          view.thumbnail
            ? html`<img src=${view.thumbnail} alt="Thumbnail of ${detail.path}" draggable="false" />`
            : icon(detail.status === 'failed' ? 'error' : 'file-media')
        }
      </div>
      ${sampleRemarks(detail).map((remark) => html`<p class="detail-remark">${icon('warning')} <span>${remark}</span></p>`)}
      <div class="detail-actions">${buttons(detail, actions)}</div>
    </div>
    <div class="detail-facts">${detailTags(detail, actions)} ${speaks ? nothing : facts(detail, view, actions)}</div>
    ${
      speaks
        ? html`<div class="detail-facts detail-wide">
            ${detailCaptions(detail.models)} ${detailAnswers(detail)} ${facts(detail, view, actions)}
          </div>`
        : nothing
    }
  </div>`;
}

function facts(detail: SampleDetail, view: DetailView, actions: DetailActions): TemplateResult {
  return html`<section class="detail-section" aria-label="File">
      <h3>File</h3>
      <dl class="facts">
        ${
          detail.similarity === null
            ? nothing
            : html`<dt class="muted">Similarity</dt>
                <dd>${similarityText(detail.similarity)}</dd>`
        }
        ${detail.facts.map(
          ({ label, value }) =>
            html`<dt class="muted">${label}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
    </section>
    ${duplicates('Exact duplicate', detail.exactDuplicates, view, actions)}
    ${duplicates('Near duplicate', detail.nearDuplicates, view, actions)} ${detailPredictions(detail)}`;
}

function buttons(detail: SampleDetail, actions: DetailActions): TemplateResult {
  const hasDuplicates = detail.exactDuplicates.length + detail.nearDuplicates.length > 0;
  return html`<vscode-button
      icon="go-to-file"
      ?disabled=${detail.missing}
      aria-disabled=${detail.missing ? 'true' : 'false'}
      @click=${() => actions.openFile(detail.id)}
      >Open Image</vscode-button
    >
    <vscode-button secondary icon="search" @click=${() => actions.findSimilar(detail.id)}>Find Similar</vscode-button>
    ${
      hasDuplicates
        ? html`<vscode-button secondary icon="copy" @click=${() => actions.showDuplicates(detail.id)}
            >Show Duplicates</vscode-button
          >`
        : nothing
    }`;
}

function duplicates(
  name: string,
  ids: readonly number[],
  view: DetailView,
  actions: DetailActions,
): TemplateResult | typeof nothing {
  if (ids.length === 0) return nothing;
  return html`<section class="detail-section" aria-label="${name}s">
    <h3>${name}s (${ids.length})</h3>
    <div class="duplicates">
      ${ids.slice(0, DUPLICATES_SHOWN).map((id, index) => {
        const label = `${name} ${index + 1} of ${ids.length}`;
        const thumbnail = view.thumbnailOf(id);
        return html`<button
          type="button"
          class="frame filled duplicate"
          aria-label=${label}
          title=${label}
          @click=${() => actions.open(id)}
        >
          ${thumbnail ? html`<img src=${thumbnail} alt="" />` : icon('file-media')}
        </button>`;
      })}
    </div>
  </section>`;
}
