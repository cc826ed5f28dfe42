import { embedJob } from './embedJob';
import { indexJob, type IndexOptions, type IndexOutcome } from './indexJob';
import type { FailedImage, JobContext, JobOutcome } from './jobContext';
import { modelEmbedJob } from './modelEmbedJob';
import type { ModelOutcome, ModelRunOptions } from './modelRun';
import { modelTagJob, type ModelTagOptions } from './modelTagJob';
import { projectJob } from './projectJob';
import { tagJob, type TagOptions } from './tagJob';

const EMBEDDER = 'visual-look';

export interface MainOptions extends IndexOptions {
  readonly retry?: TagOptions['retry'];
  /** A model that answers questions after the built-in tagger has. */
  readonly tagger?: ModelTagOptions | null;
  /** A model that embeds beside the built-in embedder. */
  readonly embedder?: ModelRunOptions | null;
}

export interface MainOutcome extends JobOutcome {
  readonly index: IndexOutcome;
  /** What became of the models, in the order in which they ran. */
  readonly models: readonly ModelOutcome[];
}

/**
 * Everything: index, tag (with the descriptor from the same decode), embed, project; with models, theirs after each.
 * `processed` counts the tagged: by the model where there is one.
 */
export async function mainJob(context: JobContext, options: MainOptions): Promise<MainOutcome> {
  const { exclude, retry = 'due', tagger, embedder } = options;
  const index = await indexJob(context, { exclude });
  const outcomes: JobOutcome[] = [index];
  const models: ModelOutcome[] = [];
  let tagged: JobOutcome | undefined;
  const tagging = async (outcome: Promise<JobOutcome>) => (tagged = await outcome);
  const withModel = async (outcome: Promise<ModelOutcome>) => {
    models.push(await outcome);
    return models.at(-1)!;
  };
  const stages = [
    () => tagging(tagJob(context, { provider: 'builtin', embedder: EMBEDDER, retry })),
    tagger && (() => tagging(withModel(modelTagJob(context, { retry, ...tagger })))),
    () => embedJob(context, { embedder: EMBEDDER }),
    embedder && (() => withModel(modelEmbedJob(context, { retry, ...embedder }))),
    () => projectJob(context, { embedder: EMBEDDER }),
    tagger?.embed && (() => projectJob(context, { embedder: tagger.model.name })),
    embedder && (() => projectJob(context, { embedder: embedder.model.name })),
  ];
  for (const stage of stages) {
    if (outcomes.at(-1)!.cancelled) break;
    if (stage) outcomes.push(await stage());
  }
  const failed = new Map(
    outcomes.flatMap((outcome) => outcome.failed).map((image): [string, FailedImage] => [image.path, image]),
  );
  return {
    ...{ index, models },
    total: outcomes.at(-1)!.total,
    processed: tagged?.processed ?? 0,
    failed: [...failed.values()],
    seconds: outcomes.reduce((sum, { seconds }) => sum + seconds, 0),
    cancelled: outcomes.at(-1)!.cancelled,
  };
}
