import { parseFilter } from '../../../../src/core/filter/parseFilter';
import { NO_FILTER, type SampleFilter } from '../../../../src/core/sampleFilter';
import type { Dataset, Page } from '../../../../src/core/dataset';

/** All that passes, the best first. */
export function search(dataset: Dataset, text: string, other: Partial<SampleFilter> = {}): Promise<Page> {
  return dataset.page(
    { ...NO_FILTER, ...other, expression: parseFilter(text) },
    { offset: 0, limit: 100, sort: 'relevance', descending: false },
  );
}

/** Paths of what is found, the best first. */
export async function found(dataset: Dataset, text: string): Promise<string[]> {
  return (await search(dataset, text)).rows.map(({ path }) => path);
}
