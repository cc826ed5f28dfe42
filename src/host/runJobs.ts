import { embedJob } from '../core/jobs/embedJob';
import { indexJob } from '../core/jobs/indexJob';
import type { JobContext, JobOutcome } from '../core/jobs/jobContext';
import { mainJob } from '../core/jobs/mainJob';
import { projectJob } from '../core/jobs/projectJob';
import type { DatasetSession } from './datasetSession';
import type { ReadyModel } from './models/modelReadiness';
import { embedWithModel, tagWithModel, type ModelWatch } from './models/modelSteps';
import type { RunResult } from './runResult';
import { excludedGlobs } from './settings';

/** What the person asked for. `model`: to be asked after the built-in one, or null for that alone. */
export type RunRequest =
  | { readonly kind: 'autoTag'; readonly model: ReadyModel | null }
  | { readonly kind: 'index' }
  | { readonly kind: 'embedAndMap'; readonly model: ReadyModel | null };

/** Does the jobs of a run, one after the other. */
export async function runJobs(
  request: RunRequest,
  session: DatasetSession,
  context: JobContext,
  watch: ModelWatch,
): Promise<RunResult> {
  const exclude = excludedGlobs(session.uri);
  switch (request.kind) {
    case 'index':
      return { outcome: await indexJob(context, { exclude }), share: null };
    case 'autoTag': {
      const outcome = await mainJob(context, { exclude });
      const { model } = request;
      if (!model || outcome.cancelled || outcome.total === 0) return { outcome, share: null };
      return after(outcome, await tagWithModel(context, model, session.uri, watch));
    }
    case 'embedAndMap':
      if (request.model) return embedWithModel(context, request.model, watch);
      return { outcome: await embedByLook(context), share: null };
  }
}

async function embedByLook(context: JobContext): Promise<JobOutcome> {
  const embedded = await embedJob(context, { embedder: 'visual-look' });
  if (embedded.cancelled) return embedded;
  const mapped = await projectJob(context, { embedder: 'visual-look' });
  return { ...embedded, cancelled: mapped.cancelled, seconds: embedded.seconds + mapped.seconds };
}

/** One outcome of two jobs; images that failed in both count once. */
function after(first: JobOutcome, { outcome, share }: RunResult): RunResult {
  const failed = new Map([...first.failed, ...outcome.failed].map((image) => [image.path, image]));
  return {
    outcome: {
      total: outcome.total,
      processed: first.processed,
      failed: [...failed.values()],
      seconds: first.seconds + outcome.seconds,
      cancelled: outcome.cancelled,
    },
    share,
  };
}
