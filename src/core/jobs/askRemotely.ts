import { join } from 'node:path';
import type { AskedDimension, ModelAnswer } from '../../protocol/workerApi';
import type { AnalysisFailure, ModelPendingSample } from '../dataset';
import { BudgetReached } from '../remote/remoteFaults';
import type { RemoteLimits, RemoteTagger } from '../remote/remoteTagger';
import { callWithRestarts } from './callWithRestarts';
import { CommitQueue } from './commitQueue';
import { groupByQuestions } from './groupByQuestions';
import type { JobContext } from './jobContext';
import type { ProgressMeter } from './progressMeter';
import type { Tally } from './recordRun';

/** Enough to tell what is in a picture, and the price of a large one's tokens saved. */
const LONG_SIDE = 768;

export interface RemoteAsk {
  readonly runId: number;
  /** The name that answers are stored under. */
  readonly model: string;
  readonly tagger: RemoteTagger;
  /** All that may be asked; of each sample only what it lacks is. */
  readonly dimensions: readonly AskedDimension[];
  readonly limits: Pick<RemoteLimits, 'concurrency'>;
}

/**
 * Sends samples to a remote provider, each as one request, and commits the answers as they come.
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
  { runId, model, tagger, dimensions, limits }: RemoteAsk,
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

  const answerOf = async ({ id, path }: ModelPendingSample): Promise<ModelAnswer | AnalysisFailure> => {
    const item = { id, path: join(dataset.location.folder, path), longSide: LONG_SIDE };
    const prepared = await callWithRestarts('preparing images to send', () =>
      worker.call('prepareToSend', item, { signal: stop }),
    );
    if (!prepared.ok) return prepared;
    const reply = await tagger.ask(prepared.jpeg, dimensions, stop);
    return reply.ok ? { ...reply, id, caption: null, vector: null } : { ...reply, id };
  };
  const lane = async () => {
    for (let sample = queue.pop(); sample && through; sample = queue.pop()) {
      stop.throwIfAborted();
      const answer = await answerOf(sample);
      await commits.add(answer);
      if (answer.ok) tally.processed++;
      else tally.failed.push({ path: sample.path, reason: answer.message });
      meter.add(1, answer.ok ? 0 : 1);
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
