import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { SampleRow } from '../../../src/protocol/viewApi';
import { splitPath } from '../../shared/formats';
import { icon } from '../../shared/icon';
import { styled } from '../../shared/styled';
import type { ItemState, ReviewItem } from './reviewQueue';
import { confidenceWords, itemLabel } from './reviewWords';

export interface ReviewCellView {
  readonly item: ReviewItem;
  readonly column: number;
  readonly width: number;
  readonly row: SampleRow | undefined;
  readonly thumbnail: string | null | undefined;
  readonly isCurrent: boolean;
  readonly isMarked: boolean;
  /** The queue holds several tags. */
  readonly showTag: boolean;
}

export const STATE_ICONS: Record<Exclude<ItemState, 'undecided'>, string> = {
  approved: 'pass-filled',
  rejected: 'circle-slash',
  settled: 'circle-outline',
};

/** One suggestion of the page. Its events are heard by the grid, which finds the cell by `data-index`. */
export function reviewCell(cell: ReviewCellView): TemplateResult {
  const { item, row } = cell;
  const label = itemLabel(item, row?.path, cell.isMarked);
  return html`<div
    role="gridcell"
    class="review-cell ${item.state} ${cell.isMarked ? 'marked' : ''}"
    data-index=${item.index}
    tabindex=${cell.isCurrent ? '0' : '-1'}
    aria-colindex=${cell.column + 1}
    aria-selected=${cell.isMarked ? 'true' : 'false'}
    aria-label=${label}
    title=${`${row?.path ?? ''}${item.inUse ? '\nIn use already' : ''}`}
    ${styled({ width: `${cell.width}px` })}
  >
    <div class="frame cell-frame" ${styled({ height: `${cell.width}px` })}>
      ${keyed(item.id, picture(row, cell.thumbnail))}
    </div>
    ${stamp(item.state, cell.isMarked)}
    <div class="review-caption">
      <span class="review-caption-line">
        <strong class="numbers">${confidenceWords(item.confidence)}</strong>
        <span class="ellipsis">${cell.showTag ? item.tag : row ? splitPath(row.path).name : ''}</span>
      </span>
      <span class="review-caption-line muted">
        ${item.inUse ? icon('tag') : nothing}
        <span class="ellipsis">${item.provider}</span>
      </span>
    </div>
  </div>`;
}

function picture(row: SampleRow | undefined, thumbnail: string | null | undefined): TemplateResult {
  if (thumbnail) return html`<img src=${thumbnail} alt="" draggable="false" decoding="async" />`;
  const hasNone = thumbnail === null || row?.status === 'failed';
  return hasNone
    ? html`<div class="cell-none">${icon('file-media')}</div>`
    : html`<div class="cell-wait skeleton"></div>`;
}

function stamp(state: ItemState, isMarked: boolean): TemplateResult | typeof nothing {
  if (state !== 'undecided') return html`<span class="review-stamp ${state}">${icon(STATE_ICONS[state])}</span>`;
  return isMarked ? html`<span class="review-stamp wrong">${icon('close')} wrong</span>` : nothing;
}
