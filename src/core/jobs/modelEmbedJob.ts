import type { JobContext } from './jobContext';
import { modelRun, type ModelOutcome, type ModelRunOptions } from './modelRun';

/**
 * Has a model embed the samples it has not embedded, beside the embeddings of other models. `projectJob` with the
 * model's name as the embedder then lays them out.
 * @throws UserError as `modelTagJob`.
 */
export function modelEmbedJob(context: JobContext, options: ModelRunOptions): Promise<ModelOutcome> {
  return modelRun(context, options, { kind: 'embed', dimensions: [], freeTags: 0, caption: false, vector: true });
}
