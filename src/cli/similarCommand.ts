import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import { NO_FILTER } from '../core/sampleFilter';
import type { Ranking } from '../core/similarity';
import type { CommandResult } from './commandResult';
import { printable } from './printable';
import type { ProgressBar } from './progressBar';
import { readFilter } from './readFilter';
import type { SimilarCommandLine } from './similarCommandLine';
import { similarTarget } from './similarTarget';
import { userDataFolder } from './userDataFolder';

/**
 * Prints what is most alike, the best first, a line each: the cosine and the path. All vectors are looked at.
 * @throws UserError 'not-indexed', and those of `similarTarget`
 */
export async function similarCommand(
  line: SimilarCommandLine,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<CommandResult> {
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const dataset = await Dataset.open(location, { access: 'read' });
  try {
    const names = (await dataset.dimensions()).map(({ name }) => name);
    const expression = line.filter === null ? null : readFilter(line.filter, names, '--filter');
    const target = await similarTarget(dataset, line, bar, signal);
    const ranking = await dataset.similarity.rank(target, { ...NO_FILTER, expression }, line.limit);
    const results = await resultsOf(dataset, ranking);
    bar.clear();
    return {
      json: {
        ...{ command: 'similar', dataset: location.folder, database: location.database },
        ...{ images: line.images, text: line.text, model: target.model, filter: line.filter, results },
      },
      text: results.map(({ path, similarity }) => `${similarity.toFixed(3)}\t${printable(path)}\n`).join(''),
      cancelled: false,
    };
  } finally {
    await dataset.close();
  }
}

async function resultsOf(
  dataset: Dataset,
  { ids, scores }: Ranking,
): Promise<{ id: number; path: string; similarity: number; tags: readonly string[] }[]> {
  const similarities = new Map(Array.from(ids, (id, place) => [id, scores[place]]));
  const records = await dataset.samplesByIds([...ids]);
  return records.map(({ id, path, tags }) => ({ id, path, similarity: similarities.get(id) ?? 0, tags }));
}
