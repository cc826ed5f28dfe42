import { UserError } from '../../../src/protocol/userError';
import { formatCount } from '../../shared/formats';
import type { PageAnswer, SamplePages } from './samplePages';

/** The longest range that can be selected: more than that is a job for the filter. */
export const LONGEST_RANGE = 20_000;
const ROWS_A_CALL = 500;

/**
 * The ids of the rows between two places in the list, both included, in either order; rows that are not at hand are
 * asked for.
 *
 * @throws UserError 'range-too-long'
 */
export async function rangeIds(
  pages: Pick<SamplePages, 'row'>,
  from: number,
  to: number,
  fetchRows: (offset: number, limit: number) => Promise<Pick<PageAnswer, 'rows'>>,
): Promise<number[]> {
  const first = Math.min(from, to);
  const count = Math.abs(from - to) + 1;
  if (count > LONGEST_RANGE) {
    const limit = formatCount(LONGEST_RANGE);
    throw new UserError(
      'range-too-long',
      `A range holds at most ${limit} images. Use facets or the text filter instead.`,
    );
  }
  const ids: number[] = [];
  for (let index = first; index < first + count;) {
    const row = pages.row(index);
    if (row) {
      ids.push(row.id);
      index++;
      continue;
    }
    const { rows } = await fetchRows(index, Math.min(ROWS_A_CALL, first + count - index));
    if (rows.length === 0) break; // the list became shorter meanwhile
    for (const { id } of rows) ids.push(id);
    index += rows.length;
  }
  return ids;
}
