import { join } from 'node:path';
import type { RemoteManifest } from '../../protocol/remoteManifest';
import type { AskedDimension, ModelAnswer } from '../../protocol/workerApi';
import type { AnalysisFailure, ModelPendingSample } from '../dataset';
import { BudgetReached } from '../remote/remoteFaults';
import type { RemoteLimits, RemoteTagger, TakeReply } from '../remote/remoteTagger';
import { callWithRestarts } from './callWithRestarts';
import { CommitQueue } from './commitQueue';
import { groupByQuestions } from './groupByQuestions';
import type { JobContext } from './jobContext';
import type { ProgressMeter } from './progressMeter';
import type { Tally } from './recordRun';

export interface RemoteAsk {
  readonly runId: number;
  /** The name that answers are stored under. */
  readonly model: string;
  readonly tagger: RemoteTagger;
  /** All that may be asked; of each sample only what it lacks is. */
  readonly dimensions: readonly AskedDimension[];
  readonly limits: Pick<RemoteLimits, 'concurrency'>;
  readonly manifest: Pick<RemoteManifest, 'longSide' | 'imagesPerRequest'>;
}

/**
 * Sends samples to a remote provider, as many in a request as it takes, and commits the answers as they come.
 * @returns whether it came through; false when the budget ended it
 */
export async function askRemotely(
  context: JobContext,
  samples: readonly ModelPendingSample[],
  ask: RemoteAsk,
  tally: Tally,
  meter: ProgressMeter,
): Promise<boolean> {
  for (const alike of groupByQuestions(samples)) {
    const dimensions = ask.dimensions.filter(({ name }) => alike[0].dimensions.includes(name));
    if (!(await askAlike(context, alike, { ...ask, dimensions }, tally, meter))) return false;
  }
  return true;
}

async function askAlike(
  { dataset, worker, signal }: JobContext,
  samples: readonly ModelPendingSample[],
  { runId, model, tagger, dimensions, limits, manifest }: RemoteAsk,
  tally: Tally,
  meter: ProgressMeter,
): Promise<boolean> {
  signal.throwIfAborted();
  const stopping = new AbortController(); // by the job's signal and by the first lane that fails
  const stop = stopping.signal;
  const onAbort = () => stopping.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const asked = {
    model,
    dimensions: dimensions.map(({ name }) => name),
    freeTags: false,
    caption: false,
    vector: false,
  };
  const commits = new CommitQueue<ModelAnswer | AnalysisFailure>((batch) =>
    dataset.commitModelAnswers(runId, asked, batch),
  );
  const queue = [...samples].reverse();
  let through = true;

  const prepare = async ({ id, path }: ModelPendingSample) => {
    const item = { id, path: join(dataset.location.folder, path), longSide: manifest.longSide };
    return callWithRestarts('preparing images to send', () => worker.call('prepareToSend', item, { signal: stop }));
  };
  const commit = async ({ path }: ModelPendingSample, answer: ModelAnswer | AnalysisFailure) => {
    await commits.add(answer);
    if (answer.ok) tally.processed++;
    else tally.failed.push({ path, reason: answer.message });
    meter.add(1, answer.ok ? 0 : 1);
  };
  const askTogether = async (together: readonly ModelPendingSample[]) => {
    const prepared = await Promise.all(together.map(async (sample) => ({ sample, image: await prepare(sample) })));
    const ready: { readonly sample: ModelPendingSample; readonly jpeg: Uint8Array }[] = [];
    for (const { sample, image } of prepared) {
      if (image.ok) ready.push({ sample, jpeg: image.jpeg });
      else await commit(sample, image);
    }
    if (ready.length === 0) return;
    const take: TakeReply = (index, reply) => {
      const { sample } = ready[index];
      return commit(
        sample,
        reply.ok ? { ...reply, id: sample.id, caption: null, vector: null } : { ...reply, id: sample.id },
      );
    };
    await tagger.ask(
      ready.map(({ jpeg }) => jpeg),
      dimensions,
      take,
      stop,
    );
  };
  const lane = async () => {
    while (queue.length > 0 && through) {
      stop.throwIfAborted();
      await askTogether(queue.splice(-manifest.imagesPerRequest).reverse());
    }
  };
  const endsLane = (error: unknown) => {
    if (error instanceof BudgetReached) through = false;
    else stopping.abort(error);
  };
  await Promise.all(Array.from({ length: limits.concurrency }, () => lane().catch(endsLane)));
  signal.removeEventListener('abort', onAbort);
  stop.throwIfAborted(); // its reason is what came first; the other lanes only followed
  return through;
}
