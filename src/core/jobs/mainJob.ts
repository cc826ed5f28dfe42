import { embedJob } from './embedJob';
import type { TransformedCopies } from './findDuplicates';
import { indexJob, type IndexOptions, type IndexOutcome } from './indexJob';
import type { FailedImage, JobContext, JobOutcome } from './jobContext';
import { modelEmbedJob } from './modelEmbedJob';
import type { ModelOutcome, ModelRunOptions } from './modelRun';
import { projectJob } from './projectJob';
import type { TagOptions } from './tagJob';
import { tagWithAll, type Tagger, type Tagging } from './tagWith';

const EMBEDDER = 'visual-look';

export interface MainOptions extends IndexOptions {
  readonly retry?: TagOptions['retry'];
  /** Providers that tag after the built-in one has, in this order. */
  readonly taggers?: readonly Tagger[];
  /** Which copies count as duplicates; by default those that look the same as they are. */
  readonly copies?: TransformedCopies;
  /** A model that embeds beside the built-in embedder. */
  readonly embedder?: ModelRunOptions | null;
}

export interface MainOutcome extends JobOutcome {
  readonly index: IndexOutcome;
  /** What became of the providers, in the order in which they ran. */
  readonly taggings: readonly Tagging[];
  /** What became of the model that embeds, if there is one and its turn came. */
  readonly embedded: ModelOutcome | null;
}

/**
 * Everything: index, tag (with the descriptor from the same decode), embed, project; with models, theirs after each.
 * `processed` counts the tagged: of the last provider that had its turn.
 */
export async function mainJob(context: JobContext, options: MainOptions): Promise<MainOutcome> {
  const { exclude, retry = 'due', taggers = [], embedder, copies } = options;
  const index = await indexJob(context, { exclude });
  const outcomes: JobOutcome[] = [index];
  let taggings: readonly Tagging[] = [];
  let embedded: ModelOutcome | null = null;
  const mapped = taggers.flatMap((tagger) =>
    tagger.kind === 'model' && tagger.options.embed ? [tagger.options.model.name] : [],
  );
  const stages: (() => Promise<JobOutcome | readonly JobOutcome[]>)[] = [
    async () => {
      taggings = await tagWithAll(context, [{ kind: 'builtin', embedder: EMBEDDER }, ...taggers], retry);
      return taggings.map(({ outcome }) => outcome);
    },
    () => embedJob(context, { embedder: EMBEDDER, copies }),
    ...(embedder ? [async () => (embedded = await modelEmbedJob(context, { retry, ...embedder }))] : []),
    () => projectJob(context, { embedder: EMBEDDER }),
    ...mapped.map((name) => () => projectJob(context, { embedder: name })),
    ...(embedder ? [() => projectJob(context, { embedder: embedder.model.name })] : []),
  ];
  for (const stage of stages) {
    if (outcomes.at(-1)!.cancelled) break;
    outcomes.push(...[await stage()].flat());
  }
  const failed = new Map(
    outcomes.flatMap((outcome) => outcome.failed).map((image): [string, FailedImage] => [image.path, image]),
  );
  return {
    ...{ index, taggings, embedded },
    total: outcomes.at(-1)!.total,
    processed: taggings.at(-1)?.outcome.processed ?? 0,
    failed: [...failed.values()],
    seconds: outcomes.reduce((sum, { seconds }) => sum + seconds, 0),
    cancelled: outcomes.at(-1)!.cancelled,
  };
}
