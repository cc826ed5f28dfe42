import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { GridColumn } from '../../../src/protocol/savedViewApi';
import type { SampleRow } from '../../../src/protocol/viewApi';
import { icon } from '../../shared/icon';
import { styled } from '../../shared/styled';
import { columnText, sampleLabel, sampleRemarks, similarityText } from './sampleWords';

export interface CellView {
  readonly index: number;
  readonly column: number;
  readonly width: number;
  /** Undefined while it is awaited. */
  readonly row: SampleRow | undefined;
  /** Address, null when the image has none to give, undefined while it is awaited. */
  readonly thumbnail: string | null | undefined;
  /** What is written under it. */
  readonly columns: readonly GridColumn[];
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly isOpen: boolean;
}

/** One image of the grid. Its events are heard by the grid, which finds the cell by `data-index`. */
export function gridCell(cell: CellView): TemplateResult {
  const { row } = cell;
  const remarks = row ? sampleRemarks(row) : [];
  return html`<div
    role="gridcell"
    class="cell ${cell.isSelected ? 'selected' : ''} ${cell.isOpen ? 'open' : ''}"
    data-index=${cell.index}
    tabindex=${cell.isCurrent ? '0' : '-1'}
    aria-colindex=${cell.column + 1}
    aria-selected=${cell.isSelected ? 'true' : 'false'}
    aria-current=${cell.isOpen ? 'true' : nothing}
    aria-label=${row ? sampleLabel(row) : 'Loading'}
    title=${remarks.length > 0 ? remarks.join('\n') : nothing}
    ${styled({ width: `${cell.width}px` })}
  >
    <div class="frame cell-frame" ${styled({ height: `${cell.width}px` })}>
      ${row ? keyed(row.id, thumbnailOf(row, cell.thumbnail)) : html`<div class="cell-wait skeleton"></div>`}
    </div>
    ${row ? html`<span class="cell-check" data-check>${icon(cell.isSelected ? 'check' : 'blank')}</span>` : nothing}
    ${
      row && row.similarity !== null
        ? html`<span class="cell-score numbers" aria-hidden="true">${similarityText(row.similarity)}</span>`
        : nothing
    }
    ${cell.columns.map(
      (column, line) =>
        html`<div class="cell-caption cell-${column}">
          ${row ? html`${line === 0 ? remark(row) : nothing}<span class="ellipsis">${columnText(row, column)}</span>` : nothing}
        </div>`,
    )}
  </div>`;
}

function thumbnailOf(row: SampleRow, thumbnail: string | null | undefined): TemplateResult {
  if (thumbnail) {
    return html`<img
      class=${row.missing ? 'missing' : ''}
      src=${thumbnail}
      alt=""
      draggable="false"
      decoding="async"
    />`;
  }
  if (row.status === 'failed') return html`<div class="cell-none failed">${icon('error')}</div>`;
  if (row.missing) return html`<div class="cell-none">${icon('question')}</div>`;
  if (thumbnail === null) return html`<div class="cell-none">${icon('file-media')}</div>`;
  return html`<div class="cell-wait skeleton"></div>`;
}

function remark(row: SampleRow): TemplateResult | typeof nothing {
  if (row.status === 'failed') return html`<span class="codicon codicon-error" aria-hidden="true"></span>`;
  if (row.missing) return html`<span class="codicon codicon-warning" aria-hidden="true"></span>`;
  return nothing;
}
