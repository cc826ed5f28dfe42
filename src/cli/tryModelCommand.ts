import { Dataset } from '../core/dataset';
import { locateDataset, type DatasetLocation } from '../core/datasetLocation';
import { firstImages, spreadOverIndex } from '../core/fewImages';
import { IgnoreRules } from '../core/ignoreRules';
import { tryModel, TRIED_IMAGES, type Trial } from '../core/models/tryModel';
import { UserError } from '../protocol/userError';
import { chooseModel } from './chooseModel';
import type { CommandResult } from './commandResult';
import type { ModelsCommandLine } from './parseArguments';
import { printable } from './printable';
import type { ProgressBar } from './progressBar';
import { startWorkers } from './startWorkers';
import { userDataFolder } from './userDataFolder';

/**
 * Shows what a model says of five images of a folder: spread over its index, else the first ones that are found. Nothing
 * is written.
 * @throws UserErrors of `chooseModel` and of loading the model; `no-images`
 */
export async function tryModelCommand(
  line: ModelsCommandLine & { readonly name: string; readonly folder: string },
  bar: ProgressBar,
  signal: AbortSignal,
  log: (text: string) => void,
): Promise<CommandResult> {
  const { name, database, verbose } = line;
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database });
  const choice = { ...line, folder: location.folder, modelDir: undefined };
  const { run, manifest } = await chooseModel(name, [['labels', 'embed-images']], choice, log);
  const paths = await fewImages(location, signal);
  if (paths.length === 0) {
    throw new UserError('no-images', `No image was found in ${location.folder}. Choose a folder that holds some.`);
  }
  const pool = startWorkers(bar, verbose);
  try {
    const { trials, loaded } = await tryModel(pool.first, run.model, location.folder, paths, signal);
    if (loaded.fallback !== null) log(loaded.fallback);
    const images = trials.map(({ path, said, failure }) => {
      const { width = null, height = null, seen = null, labels = [], vectorLength = null } = said ?? {};
      return { path, width, height, seen, labels, vectorLength, failure };
    });
    const { device, fallback } = loaded;
    return {
      json: { name, dataset: location.folder, revision: manifest.revision, device, fallback, images },
      text: `${[`${name} (on ${device})`, ...trials.map(trialText)].join('\n\n')}\n`,
      cancelled: false,
    };
  } catch (error) {
    if (!signal.aborted) throw error;
    return { json: { name, dataset: location.folder }, text: 'Cancelled.\n', cancelled: true };
  } finally {
    await pool.dispose();
  }
}

async function fewImages(location: DatasetLocation, signal: AbortSignal): Promise<string[]> {
  const dataset = await Dataset.open(location, { access: 'read' }).catch((error: unknown) => {
    if (error instanceof UserError && error.code === 'not-indexed') return null;
    throw error;
  });
  if (dataset) {
    try {
      const paths = await spreadOverIndex(dataset, TRIED_IMAGES);
      if (paths.length > 0) return paths;
    } finally {
      await dataset.close();
    }
  }
  return firstImages(location.folder, TRIED_IMAGES, new IgnoreRules(location.folder, []), signal);
}

function trialText({ path, said, failure }: Trial): string {
  if (!said) return `${printable(path)}\n  ${printable(failure ?? '')}`;
  const { width, height, seen, labels, vectorLength } = said;
  const head = `${printable(path)}  (${width} × ${height}, seen as ${seen.width} × ${seen.height})`;
  if (vectorLength !== null) return `${head}\n  a vector of ${vectorLength} numbers`;
  const longest = Math.max(...labels.map(({ label }) => printable(label).length));
  const lines = labels.map(
    ({ label, score }) => `  ${printable(label).padEnd(longest)}  ${score.toFixed(1).padStart(5)}`,
  );
  return [head, ...lines].join('\n');
}
