import type { Facet, StoredDimension } from '../core/dataset';
import { printable } from './printable';
import { count } from './words';

/** Values of a dimension that are listed; the rest is summed up. */
const LISTED = 12;

/**
 * One line for each dimension: its title and its values with counts. Under a filter, "matching of total".
 * @param vocabulary says which need a model
 */
export function facetLines(
  dimensions: readonly Facet[],
  filtered: boolean,
  vocabulary: readonly StoredDimension[],
): string[] {
  const width = Math.max(...dimensions.map(({ title }) => title.length));
  return dimensions.map(({ name, title, values }) => {
    const shown = values.filter(({ total }) => total > 0);
    const texts = shown
      .slice(0, LISTED)
      .map(({ value, total, matching }) =>
        [printable(value), filtered ? `${count(matching)} of ${count(total)}` : count(total)].join(' '),
      );
    if (shown.length > LISTED) texts.push(`and ${count(shown.length - LISTED)} more`);
    return `${title.padEnd(width)}  ${texts.length > 0 ? texts.join(', ') : emptyText(name, vocabulary)}`;
  });
}

function emptyText(dimension: string, vocabulary: readonly StoredDimension[]): string {
  const known = vocabulary.find(({ name }) => name === dimension);
  return known && !known.builtin ? '– (needs a model)' : '–';
}
