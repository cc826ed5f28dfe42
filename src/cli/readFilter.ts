import { FilterSyntaxError } from '../core/filter/filterSyntaxError';
import { parseFilter, type FilterExpression } from '../core/filter/parseFilter';

/**
 * Says where in which text an error is, as nothing here can underline it.
 * @param where how the person knows the text, such as `--filter`
 */
export function readFilter(text: string, dimensions: readonly string[], where: string): FilterExpression | null {
  try {
    return parseFilter(text, dimensions);
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    throw new FilterSyntaxError(`In ${where}, at character ${error.offset + 1}: ${error.message}`, error.offset);
  }
}
