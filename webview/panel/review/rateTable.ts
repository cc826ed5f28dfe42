import type { HostConnection } from '../../shared/hostConnection';

export type AcceptanceRow = Awaited<ReturnType<HostConnection['host']['acceptance']>>[number];

export type RateColumn = 'tag' | 'provider' | 'threshold' | 'approved' | 'rejected' | 'rate' | 'undecided';

export interface RateOrder {
  readonly by: RateColumn;
  readonly descending: boolean;
}

/** Of what people decided about, the share that they approved, 0 to 1; null while they decided about nothing. */
export function rateOf({ approved, rejected }: Pick<AcceptanceRow, 'approved' | 'rejected'>): number | null {
  const decided = approved + rejected;
  return decided === 0 ? null : approved / decided;
}

/** "83 %", "–"; "100 %" and "0 %" only for what is quite that. */
export function rateWords(rate: number | null): string {
  if (rate === null) return '–';
  const percent = Math.round(100 * rate);
  if (percent === 100 && rate < 1) return '99 %';
  return percent === 0 && rate > 0 ? '1 %' : `${percent} %`;
}

/** Rows without a value come last in either direction; ties are in the order of tag and provider. */
export function sortRates(rows: readonly AcceptanceRow[], { by, descending }: RateOrder): AcceptanceRow[] {
  const turn = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [valueOf(a, by), valueOf(b, by)];
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
    } else if (typeof left === 'string' && typeof right === 'string') {
      const order = left.localeCompare(right);
      if (order !== 0) return turn * order;
    } else if (left !== right) return turn * (Number(left) - Number(right));
    return a.tag.localeCompare(b.tag) || a.provider.title.localeCompare(b.provider.title);
  });
}

/** The order after a click on the head of a column: turned, or by that column, numbers from the largest. */
export function orderAfterClick(order: RateOrder, column: RateColumn): RateOrder {
  if (order.by === column) return { by: column, descending: !order.descending };
  return { by: column, descending: column !== 'tag' && column !== 'provider' };
}

function valueOf(row: AcceptanceRow, column: RateColumn): string | number | null {
  if (column === 'rate') return rateOf(row);
  return column === 'provider' ? row.provider.title : row[column];
}
