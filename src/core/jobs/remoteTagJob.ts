import type { AskedDimension } from '../../protocol/workerApi';
import type { ModelRunSettings, Retry } from '../dataset';
import { SYSTEM_PORTS } from '../remote/remotePorts';
import { remoteModelName } from '../remote/remoteModelName';
import type { RemoteServer } from '../remote/remoteServer';
import { RemoteTagger, type RemoteLimits } from '../remote/remoteTagger';
import { dollars, runEstimate } from '../remote/runEstimate';
import { vocabularyVersion } from '../vocabulary/questions';
import { analyzeUnmeasured } from './analyzeUnmeasured';
import { askRemotely } from './askRemotely';
import type { JobContext, JobOutcome } from './jobContext';
import { noticeReadable } from './noticeReadable';
import { ProgressMeter } from './progressMeter';
import { recordRun } from './recordRun';
import { remotePending } from './remotePending';
import { retryDue } from './retryDue';

export interface RemoteTagOptions {
  /** Consent for its host was given: see `requireConsent`. */
  readonly server: RemoteServer;
  readonly limits: RemoteLimits;
  /** See `dimensionsAsked`. Questions are those of the dataset's vocabulary; `Dataset.setVocabulary` comes first. */
  readonly dimensions: readonly AskedDimension[];
  /** Which failed images to try again; `due` by default. */
  readonly retry?: Retry;
}

export interface RemoteTagOutcome extends JobOutcome {
  /** In US dollars, an upper bound; 0 when the price is not known. */
  readonly spent: number;
  /** Why the run ended before it was through, or null. */
  readonly stopped: 'budget' | null;
}

/**
 * Has a remote provider answer what is asked of the samples it has not answered it for. What it answers is committed
 * as it comes, so that no later run sends it again.
 * @throws UserErrors of `RemoteTagger.ask`; `worker-unavailable`
 */
export async function remoteTagJob(context: JobContext, options: RemoteTagOptions): Promise<RemoteTagOutcome> {
  const { dataset } = context;
  const { server, limits, dimensions, retry = 'due' } = options;
  const { host } = server.endpoint;
  const { manifest, protocol } = server;
  const { revision } = protocol;
  const model = remoteModelName(manifest, server.model);
  const versions = dimensions.map((dimension) => ({ name: dimension.name, version: vocabularyVersion(dimension) }));
  const wanted = { freeTags: 0, caption: false, vector: false };
  const settings = {
    ...{ revision, host, ...wanted },
    dimensions: Object.fromEntries(
      dimensions.map(({ name, question, answers }, index) => [name, { ...versions[index], question, answers }]),
    ),
  } satisfies ModelRunSettings & Record<string, unknown>;
  const tagger = new RemoteTagger(server, limits, SYSTEM_PORTS);
  let stopped: RemoteTagOutcome['stopped'] = null;
  await dataset.useModel({
    ...{ name: model, revision, licence: null, threshold: manifest.threshold },
    dimensionThresholds: manifest.labelThresholds,
  });
  const outcome = await recordRun(context, { kind: 'tag', model, settings }, async (runId, tally) => {
    await noticeReadable(context);
    await analyzeUnmeasured(context, runId, { retry, among: null }, tally);
    const unusable = new Set(tally.failed.map(({ path }) => path));
    const pending = async (which: Retry) => {
      const found = await remotePending(dataset, options, which);
      return found.filter(({ path }) => !unusable.has(path));
    };
    const samples = await pending(retry);
    if (samples.length === 0) return;
    context.log(runEstimate(samples.length, server, limits));
    const meter = new ProgressMeter(context, 'tag', samples.length);
    const ask = async (some: typeof samples) => {
      const through = await askRemotely(
        context,
        some,
        { runId, model, tagger, dimensions, limits, manifest },
        tally,
        meter,
      );
      if (!through) stopped = 'budget';
    };
    await ask(samples);
    if (stopped === null) await retryDue(await pending('only-due'), (due) => ask([...due]), tally, meter);
    if (stopped === null) return;
    await dataset.noteRun(runId, { stopped });
    const left = samples.length - tally.processed - tally.failed.length + unusable.size;
    context.log(
      `Stopped at the budget: at most $${dollars(tagger.spent)} of $${dollars(limits.budget ?? 0)} are spent, and ` +
        `${left} images are left. What was answered is kept; run it again, with a budget of its own, to go on.`,
    );
  });
  return { ...outcome, spent: tagger.spent, stopped };
}
