import type { Retry } from '../core/dataset';
import { alikeJob } from '../core/jobs/alikeJob';
import { eachProvider } from '../core/jobs/eachProvider';
import { embedJob } from '../core/jobs/embedJob';
import { indexJob } from '../core/jobs/indexJob';
import type { JobContext, JobOutcome } from '../core/jobs/jobContext';
import { mainJob } from '../core/jobs/mainJob';
import { projectJob } from '../core/jobs/projectJob';
import { tagJob } from '../core/jobs/tagJob';
import type { MapSettings } from '../protocol/mapSettings';
import type { DatasetSession } from './datasetSession';
import type { ReadyModel } from './models/modelReadiness';
import { embedWithModel, tagWithModel, type ModelWatch } from './models/modelSteps';
import type { ReadyRemote } from './remote/remoteProviders';
import { tagRemotely } from './remote/tagRemotely';
import type { RunResult } from './runResult';
import { duplicateCopies, excludedGlobs } from './settings';

/** The descriptor comes from the same decode: embedding is quick then. */
const BUILT_IN = { provider: 'builtin', embedder: 'visual-look' } as const;

/** A model on this machine or a remote provider. */
export type ReadyProvider = ReadyModel | ReadyRemote;

/** What the person asked for. `model`: to be asked after the built-in one, or null for that alone. */
export type RunRequest =
  /** These are asked after the built-in one, in this order. */
  | { readonly kind: 'autoTag'; readonly models: readonly ReadyProvider[] }
  | { readonly kind: 'index' }
  | { readonly kind: 'embedAndMap'; readonly model: ReadyModel | null }
  /** The map of what is embedded, anew; settings that are not named stay as they were chosen. */
  | { readonly kind: 'layOutMap'; readonly embedder: string; readonly settings: Partial<MapSettings> }
  /** Near duplicates by the vectors of a model, or (`least` null) no longer by them. */
  | { readonly kind: 'findAlike'; readonly model: string; readonly least: number | null }
  /** What failed, once more: of the built-in one where it is to be `builtin`, and of these models. */
  | { readonly kind: 'retry'; readonly builtin: boolean; readonly models: readonly ReadyProvider[] }
  /** Images that have just come (`among`), or (null) what is due for another try. No map is made anew. */
  | { readonly kind: 'tagNew'; readonly models: readonly ReadyModel[]; readonly among: readonly number[] | null };

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
      return { outcome: await indexJob(context, { exclude }), shares: [] };
    case 'autoTag': {
      const outcome = await mainJob(context, { exclude, copies: duplicateCopies(session.uri) });
      return outcome.total === 0 ? { outcome, shares: [] } : askAll(request.models, outcome, session, context, watch);
    }
    case 'retry':
      return retryFailed(request, session, context, watch);
    case 'tagNew':
      return tagNew(request, session, context, watch);
    case 'layOutMap': {
      const { embedder, settings } = request;
      return { outcome: await projectJob(context, { embedder, settings, refit: true }), shares: [] };
    }
    case 'findAlike':
      return { outcome: await alikeJob(context, request), shares: [] };
    case 'embedAndMap':
      if (request.model) return embedWithModel(context, request.model, watch);
      return { outcome: await embedByLook(context, session), shares: [] };
  }
}

async function retryFailed(
  { builtin, models }: Extract<RunRequest, { kind: 'retry' }>,
  session: DatasetSession,
  context: JobContext,
  watch: ModelWatch,
): Promise<RunResult> {
  const retry = 'only-failed';
  const outcome = builtin
    ? await tagJob(context, { ...BUILT_IN, retry })
    : nothingYet((await context.dataset.counts()).total);
  return askAll(models, outcome, session, context, watch, retry);
}

/** Asks them after what came before; what the policy makes of all their answers is the same in any order. */
async function askAll(
  providers: readonly ReadyProvider[],
  before: JobOutcome,
  session: DatasetSession,
  context: JobContext,
  watch: ModelWatch,
  retry: Retry = 'due',
): Promise<RunResult> {
  const ask = (provider: ReadyProvider) =>
    'server' in provider
      ? tagRemotely(context, provider, session, watch, retry)
      : tagWithModel(context, provider, session.uri, watch, { retry });
  const results = await eachProvider(context, before.cancelled ? [] : providers, ask, isCancelled);
  return results.reduce(after, { outcome: before, shares: [] });
}

async function tagNew(
  { models, among }: Extract<RunRequest, { kind: 'tagNew' }>,
  session: DatasetSession,
  context: JobContext,
  watch: ModelWatch,
): Promise<RunResult> {
  const images = { among, retry: among === null ? 'only-due' : 'due' } as const;
  const outcome = await tagJob(context, { ...BUILT_IN, ...images });
  const ask = (model: ReadyModel) => tagWithModel(context, model, session.uri, watch, { ...images, maps: false });
  const results = await eachProvider(context, outcome.cancelled ? [] : models, ask, isCancelled);
  return results.reduce(after, { outcome, shares: [] });
}

function isCancelled({ outcome }: RunResult): boolean {
  return outcome.cancelled;
}

function nothingYet(total: number): JobOutcome {
  return { total, processed: 0, failed: [], seconds: 0, cancelled: false };
}

async function embedByLook(context: JobContext, session: DatasetSession): Promise<JobOutcome> {
  const copies = duplicateCopies(session.uri);
  const embedded = await embedJob(context, { embedder: 'visual-look', copies });
  if (embedded.cancelled) return embedded;
  const mapped = await projectJob(context, { embedder: 'visual-look' });
  return { ...embedded, cancelled: mapped.cancelled, seconds: embedded.seconds + mapped.seconds };
}

/** One outcome of two jobs; images that failed in both count once. */
function after({ outcome: first, shares: before }: RunResult, { outcome, shares }: RunResult): RunResult {
  const failed = new Map([...first.failed, ...outcome.failed].map((image) => [image.path, image]));
  return {
    outcome: {
      total: outcome.total,
      processed: first.processed,
      failed: [...failed.values()],
      seconds: first.seconds + outcome.seconds,
      cancelled: outcome.cancelled,
    },
    shares: [...before, ...shares],
  };
}
