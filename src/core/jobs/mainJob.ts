import { embedJob } from './embedJob';
import { indexJob, type IndexOptions, type IndexOutcome } from './indexJob';
import type { FailedImage, JobContext, JobOutcome } from './jobContext';
import { projectJob } from './projectJob';
import { tagJob, type TagOptions } from './tagJob';

const EMBEDDER = 'visual-look';

export interface MainOptions extends IndexOptions {
  readonly retry?: TagOptions['retry'];
}

export interface MainOutcome extends JobOutcome {
  readonly index: IndexOutcome;
}

/** Everything: index, tag (with the descriptor from the same decode), embed, project. `processed` counts the tagged. */
export async function mainJob(context: JobContext, options: MainOptions): Promise<MainOutcome> {
  const { exclude, retry = 'unreadable' } = options;
  const index = await indexJob(context, { exclude });
  const outcomes: JobOutcome[] = [index];
  const stages = [
    () => tagJob(context, { provider: 'builtin', embedder: EMBEDDER, retry }),
    () => embedJob(context, { embedder: EMBEDDER }),
    () => projectJob(context, { embedder: EMBEDDER }),
  ];
  for (const stage of stages) {
    if (outcomes.at(-1)!.cancelled) break;
    outcomes.push(await stage());
  }
  const failed = new Map(
    outcomes.flatMap((outcome) => outcome.failed).map((image): [string, FailedImage] => [image.path, image]),
  );
  return {
    index,
    total: outcomes.at(-1)!.total,
    processed: outcomes[1]?.processed ?? 0,
    failed: [...failed.values()],
    seconds: outcomes.reduce((sum, { seconds }) => sum + seconds, 0),
    cancelled: outcomes.at(-1)!.cancelled,
  };
}
