import type { AskedDimension } from '../../protocol/workerApi';
import type { JobContext } from './jobContext';
import { modelRun, type ModelOutcome, type ModelRunOptions } from './modelRun';

export interface ModelTagOptions extends ModelRunOptions {
  /** Of the dataset's vocabulary; `Dataset.setVocabulary` comes first. */
  readonly dimensions: readonly AskedDimension[];
  /** At most so many free tags an image; 0 for none. */
  readonly freeTags: number;
  readonly caption: boolean;
  /** Whether the images' vectors are stored too, from the same look at them. */
  readonly embed: boolean;
}

/**
 * Has a model answer questions about the samples it has not answered them for: of each sample only what is new or has
 * changed is asked.
 * @throws UserError `model-crashes`, `model-unusable`, `out-of-memory`, `worker-unavailable`.
 */
export function modelTagJob(context: JobContext, options: ModelTagOptions): Promise<ModelOutcome> {
  const { dimensions, freeTags, caption, embed } = options;
  return modelRun(context, options, { kind: 'tag', dimensions, freeTags, caption, vector: embed });
}
