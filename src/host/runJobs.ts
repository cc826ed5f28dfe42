import { embedJob } from '../core/jobs/embedJob';
import { indexJob } from '../core/jobs/indexJob';
import type { JobContext, JobOutcome } from '../core/jobs/jobContext';
import { mainJob } from '../core/jobs/mainJob';
import { projectJob } from '../core/jobs/projectJob';
import { tagJob } from '../core/jobs/tagJob';
import type { DatasetSession } from './datasetSession';
import type { ReadyModel } from './models/modelReadiness';
import { embedWithModel, tagWithModel, type ModelWatch } from './models/modelSteps';
import type { RunResult } from './runResult';
import { excludedGlobs } from './settings';

/** The descriptor comes from the same decode: embedding is quick then. */
const BUILT_IN = { provider: 'builtin', embedder: 'visual-look' } as const;

/** What the person asked for. `model`: to be asked after the built-in one, or null for that alone. */
export type RunRequest =
  | { readonly kind: 'autoTag'; readonly model: ReadyModel | null }
  | { readonly kind: 'index' }
  | { readonly kind: 'embedAndMap'; readonly model: ReadyModel | null }
  /** What failed, once more: of the built-in one where it is to be `builtin`, and of these models. */
  | { readonly kind: 'retry'; readonly builtin: boolean; readonly models: readonly ReadyModel[] }
  /** Images that have just come (`among`), or (null) what is due for another try. No map is made anew. */
  | { readonly kind: 'tagNew'; readonly model: ReadyModel | null; readonly among: readonly number[] | null };

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
    case 'retry':
      return retryFailed(request, session, context, watch);
    case 'tagNew':
      return tagNew(request, session, context, watch);
    case 'embedAndMap':
      if (request.model) return embedWithModel(context, request.model, watch);
      return { outcome: await embedByLook(context), share: null };
  }
}

async function retryFailed(
  { builtin, models }: Extract<RunRequest, { kind: 'retry' }>,
  session: DatasetSession,
  context: JobContext,
  watch: ModelWatch,
): Promise<RunResult> {
  const retry = 'only-failed';
  let result = nothingYet(await context.dataset.counts());
  if (builtin) result = { outcome: await tagJob(context, { ...BUILT_IN, retry }), share: null };
  for (const model of models) {
    if (result.outcome.cancelled) break;
    result = after(result.outcome, await tagWithModel(context, model, session.uri, watch, { retry }));
  }
  return result;
}

async function tagNew(
  { model, among }: Extract<RunRequest, { kind: 'tagNew' }>,
  session: DatasetSession,
  context: JobContext,
  watch: ModelWatch,
): Promise<RunResult> {
  const images = { among, retry: among === null ? 'only-due' : 'due' } as const;
  const outcome = await tagJob(context, { ...BUILT_IN, ...images });
  if (!model || outcome.cancelled) return { outcome, share: null };
  return after(outcome, await tagWithModel(context, model, session.uri, watch, { ...images, maps: false }));
}

function nothingYet({ total }: { total: number }): RunResult {
  return { outcome: { total, processed: 0, failed: [], seconds: 0, cancelled: false }, share: null };
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
