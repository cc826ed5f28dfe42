import type { PendingSample, Retry } from '../dataset';
import { analyzeSamples } from './analyzeSamples';
import type { JobContext, JobOutcome } from './jobContext';
import { noticeReadable } from './noticeReadable';
import { ProgressMeter } from './progressMeter';
import { recordRun } from './recordRun';
import { retryDue } from './retryDue';

export interface TagOptions {
  readonly provider: 'builtin';
  /** Has the embedder's descriptor computed from the same decode; null for none. */
  readonly embedder: 'visual-look' | null;
  /** Which failed images to try again. */
  readonly retry: Retry;
  /** Ids of the only samples to look at; all by default. */
  readonly among?: readonly number[] | null;
  /** Time without a sign from the worker after which it counts as hanging; two minutes by default. */
  readonly stallMs?: number;
}

/**
 * Tags the samples that the provider has not looked at yet, and makes their thumbnails. Failures whose next try came
 * while it was at work are tried once more at its end.
 */
export async function tagJob(context: JobContext, options: TagOptions): Promise<JobOutcome> {
  const { provider, embedder, retry, among, stallMs } = options;
  const run = { kind: 'tag', model: provider, settings: { embedder, retry } } as const;
  return recordRun(context, run, async (runId, tally) => {
    await noticeReadable(context);
    const pending = (which: Retry) => context.dataset.pendingSamples({ provider, embedder, retry: which, among });
    const samples = await pending(retry);
    const meter = new ProgressMeter(context, 'tag', samples.length);
    const analyze = (some: readonly PendingSample[]) =>
      analyzeSamples(context, some, { runId, provider, embedder, stallMs }, tally, meter);
    await analyze(samples);
    await retryDue(await pending('only-due'), analyze, tally, meter);
  });
}
