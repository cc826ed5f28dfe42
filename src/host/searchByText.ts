import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import type { WorkerClient } from '../core/workerClient';
import type { ModelManifest } from '../protocol/modelManifest';
import { UserError } from '../protocol/userError';
import type { SimilaritySearch } from '../core/similaritySearch';
import type { DatasetSession } from './datasetSession';
import type { ModelChoices } from './models/modelChoices';
import type { ModelReadiness } from './models/modelReadiness';
import { RANKED } from './rankedView';

export interface TextSearchServices {
  readonly worker: WorkerClient;
  readonly readiness: ModelReadiness;
  readonly choices: ModelChoices;
  readonly similarity: SimilaritySearch;
}

/**
 * Shows the images that fit a text best, of those that pass the filter, by a model that puts images and texts into one space.
 * @param text asked for when it is not given
 * @returns whether it was searched for; not when the person says no
 * @throws UserError `not-embedded` while no such model has embedded the dataset; those of loading the model
 */
export async function searchByText(
  { worker, readiness, choices, similarity }: TextSearchServices,
  session: DatasetSession,
  text: string | undefined,
): Promise<boolean> {
  const dataset = await session.openIfIndexed();
  const manifest = dataset && (await readerOfTexts(dataset, readiness, choices));
  if (!manifest) {
    throw new UserError(
      'not-embedded',
      'To search by text, the images need vectors of a model that reads, such as CLIP or SigLIP 2. Run “DataVisor: Embed and Map” with one of them first.',
    );
  }
  const words = text ?? (await ask(manifest.title));
  if (words === undefined || words.trim() === '') return false;
  const model = await readiness.ensure(manifest.name);
  if (!model) return false;
  const looked = words.trim();
  const title = `DataVisor: looking for “${looked}” with ${manifest.title}`;
  const ranking = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const abort = new AbortController();
      const { signal } = abort;
      token.onCancellationRequested(() => abort.abort());
      try {
        const { vectors } = await worker.call('embedTexts', { model: model.request, texts: [looked] }, { signal });
        const target = { model: manifest.name, vector: vectors, origin: new Int32Array() };
        return await similarity.rank(dataset, target, session.filter.withoutSelection, RANKED, signal);
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    },
  );
  if (!ranking) return false;
  await session.updateFilter((filter) => filter.setRanking(ranking, 'text', `Found by “${looked}”`));
  return true;
}

/** The model whose map is shown, if it reads, else the first one that does and has embedded images. */
async function readerOfTexts(
  dataset: Dataset,
  { shelf }: ModelReadiness,
  choices: ModelChoices,
): Promise<ModelManifest | undefined> {
  const [catalog, embedders] = await Promise.all([shelf.catalog(), dataset.embeddingModels()]);
  const readers = embedders.flatMap(({ model }) =>
    catalog.filter(({ name, weights }) => name === model && weights?.abilities.includes('embed-texts')),
  );
  return readers.find(({ name }) => name === choices.map.name) ?? readers[0];
}

function ask(model: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Search with ${model}`,
    prompt: 'What shall be in the picture? English words work best.',
    placeHolder: 'a dog on a beach',
    ignoreFocusOut: true,
  });
}
