import { join } from 'node:path';
import type { LoadedModel, ModelRequest, TriedImage } from '../../protocol/workerApi';
import type { WorkerClient } from '../workerClient';

/** Images that a model is tried on. */
export const TRIED_IMAGES = 5;
/** Labels of each that are shown. */
export const TRIED_LABELS = 5;

/** What a model said of an image when a person tried it. */
export interface Trial {
  /** Relative to the dataset's folder. */
  readonly path: string;
  readonly said: TriedImage | null;
  /** Why the image could not be used, in words, or null. */
  readonly failure: string | null;
}

/**
 * Has a model with labels of its own, or one that embeds, look at images. Nothing is stored.
 * @param folder absolute path of the dataset's folder
 * @param paths relative to it
 * @throws UserErrors of loading the model; the signal's reason
 */
export async function tryModel(
  worker: WorkerClient,
  model: ModelRequest,
  folder: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<{ trials: Trial[]; loaded: LoadedModel }> {
  const items = paths.map((path, i) => ({ id: i + 1, path: join(folder, path) }));
  const { images, loaded } = await worker.call('tryModel', { model, items, labels: TRIED_LABELS }, { signal });
  const trials = images.map((image, i) =>
    image.ok ? { path: paths[i], said: image, failure: null } : { path: paths[i], said: null, failure: image.message },
  );
  return { trials, loaded };
}
