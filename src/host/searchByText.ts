import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import type { WorkerClient } from '../core/workerClient';
import type { ModelManifest } from '../protocol/modelManifest';
import { UserError } from '../protocol/userError';
import type { DatasetSession } from './datasetSession';
import type { ModelChoices } from './models/modelChoices';
import type { ModelReadiness } from './models/modelReadiness';

/** So many images are shown: what comes after is hardly what was looked for. */
const FOUND = 50;

export interface TextSearchServices {
  readonly worker: WorkerClient;
  readonly readiness: ModelReadiness;
  readonly choices: ModelChoices;
}

/**
 * Shows the images that fit a text best, by a model that puts images and texts into one space.
 * @param text asked for when it is not given
 * @returns whether it was searched for; not when the person says no
 * @throws UserError `not-embedded` while no such model has embedded the dataset; those of loading the model
 */
export async function searchByText(
  { worker, readiness, choices }: TextSearchServices,
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
  const title = `DataVisor: looking for “${words.trim()}” with ${manifest.title}`;
  const vectors = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const call = worker.call('embedTexts', { model: model.request, texts: [words.trim()] }, { signal: abort.signal });
      return call.catch((error: unknown) => {
        if (abort.signal.aborted) return null;
        throw error;
      });
    },
  );
  if (!vectors) return false;
  const ids = await dataset.nearest(vectors.vectors, manifest.name, FOUND);
  await session.updateFilter((filter) => filter.setSelection(ids, 'text'));
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
