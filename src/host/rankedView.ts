import path from 'node:path';
import type { Dataset } from '../core/dataset';
import type { SimilaritySearch } from '../core/similaritySearch';
import { UserError } from '../protocol/userError';
import type { DatasetSession } from './datasetSession';
import type { ModelChoices } from './models/modelChoices';
import { shownEmbedder } from './models/shownEmbedder';

/** So many images are in the answer to "what is similar": what comes after is hardly what was looked for. */
export const RANKED = 1000;

export interface SimilarityServices {
  readonly similarity: SimilaritySearch;
  readonly choices: ModelChoices;
}

/**
 * Shows what looks most like some images, of what passes the filter: those images first, then the others, the best
 * first. Several stand for what they have in common: the mean of their vectors.
 * @throws UserError `not-embedded`, `nothing-in-common`
 */
export async function showSimilar(
  { similarity, choices }: SimilarityServices,
  session: DatasetSession,
  dataset: Dataset,
  ids: Int32Array,
  signal?: AbortSignal,
): Promise<void> {
  const model = await shownEmbedder(dataset, choices);
  const vector = await dataset.similarity.meanVector(ids, model);
  if (!vector) throw await withoutVector(dataset, ids, model);
  const filter = session.filter.withoutSelection;
  const ranking = await similarity.rank(dataset, { model, vector, origin: ids }, filter, RANKED, signal);
  const title = await titleOf(dataset, ids);
  await session.updateFilter((changed) => changed.setRanking(ranking, 'similar', title));
}

async function withoutVector(dataset: Dataset, ids: Int32Array, model: string): Promise<UserError> {
  const has = await Promise.all(
    [...ids.subarray(0, 20)].map((id) => dataset.similarity.meanVector(Int32Array.of(id), model)),
  );
  return has.some(Boolean)
    ? new UserError('nothing-in-common', 'These images have nothing in common. Choose fewer, or such as look alike.')
    : new UserError(
        'not-embedded',
        `${ids.length === 1 ? 'This image has' : 'These images have'} no embedding yet. Run “DataVisor: Embed and Map” first.`,
      );
}

async function titleOf(dataset: Dataset, ids: Int32Array): Promise<string> {
  if (ids.length > 1) return `Similar to ${ids.length} images`;
  const [record] = await dataset.samplesByIds([...ids]);
  return record ? `Similar to ${path.posix.basename(record.path)}` : 'Similar images';
}
