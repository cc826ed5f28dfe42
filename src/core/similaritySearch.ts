import type { Dataset } from './dataset';
import type { SampleFilter } from './sampleFilter';
import type { Ranking, SimilarityTarget } from './similarity';

export class SimilaritySearch {
  rank(
    dataset: Dataset,
    target: SimilarityTarget,
    filter: SampleFilter,
    limit: number,
    _signal?: AbortSignal,
  ): Promise<Ranking> {
    return dataset.similarity.rank(target, filter, limit);
  }
}
