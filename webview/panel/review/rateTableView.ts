import { html, type TemplateResult } from 'lit';
import { formatCount, plural } from '../../shared/formats';
import { icon } from '../../shared/icon';
import { rateOf, rateWords, sortRates, type AcceptanceRow, type RateColumn, type RateOrder } from './rateTable';

/** More are found by choosing a tag. */
const SHOWN = 200;

const COLUMNS: readonly (readonly [RateColumn, string])[] = [
  ['tag', 'Tag'],
  ['provider', 'Said by'],
  ['threshold', 'Threshold'],
  ['approved', 'Approved'],
  ['rejected', 'Rejected'],
  ['rate', 'Accepted'],
  ['undecided', 'Pending'],
];

export interface RateTableView {
  readonly rows: readonly AcceptanceRow[];
  readonly order: RateOrder;
  readonly chosen: AcceptanceRow | null;
}

/** How suggestions turned out, by tag and model. */
export function rateTable(
  { rows, order, chosen }: RateTableView,
  sortBy: (column: RateColumn) => void,
  choose: (row: AcceptanceRow) => void,
): TemplateResult {
  const sorted = sortRates(rows, order);
  return html`<table class="rates" aria-label="How suggestions turned out">
      <thead>
        <tr>
          ${COLUMNS.map(([column, title]) => {
            const isSorted = order.by === column;
            return html`<th
              scope="col"
              aria-sort=${isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'}
            >
              <button type="button" class="rates-head" @click=${() => sortBy(column)}>
                ${title} ${isSorted ? icon(order.descending ? 'arrow-down' : 'arrow-up') : ''}
              </button>
            </th>`;
          })}
        </tr>
      </thead>
      <tbody>
        ${sorted.slice(0, SHOWN).map((row) => rateRow(row, row === chosen, choose))}
      </tbody>
    </table>
    ${
      sorted.length > SHOWN
        ? html`<p class="review-remark muted">The first ${SHOWN} of ${plural(sorted.length, 'row')} are shown.</p>`
        : ''
    }`;
}

function rateRow(row: AcceptanceRow, isChosen: boolean, choose: (row: AcceptanceRow) => void): TemplateResult {
  return html`<tr class=${isChosen ? 'chosen' : ''}>
    <th scope="row">
      <button
        type="button"
        class="link-button"
        aria-pressed=${isChosen ? 'true' : 'false'}
        aria-label="Scores of ${row.tag} by ${row.provider.title}"
        @click=${() => choose(row)}
      >
        ${row.tag}
      </button>
    </th>
    <td>${row.provider.title}</td>
    <td class="numbers">${Math.round(row.threshold)} %</td>
    <td class="numbers">${formatCount(row.approved)}</td>
    <td class="numbers">${formatCount(row.rejected)}</td>
    <td class="numbers">${rateWords(rateOf(row))}</td>
    <td class="numbers">${formatCount(row.undecided)}</td>
  </tr>`;
}
