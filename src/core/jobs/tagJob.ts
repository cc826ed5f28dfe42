import { analyzeSamples } from './analyzeSamples';
import type { JobContext, JobOutcome } from './jobContext';
import { ProgressMeter } from './progressMeter';
import { recordRun } from './recordRun';

export interface TagOptions {
  readonly provider: 'builtin';
  /** Has the embedder's descriptor computed from the same decode; null for none. */
  readonly embedder: 'visual-look' | null;
  /** Which failed images to try again. */
  readonly retry: 'unreadable' | 'all-failed';
  /** Time without a sign from the worker after which it counts as hanging; two minutes by default. */
  readonly stallMs?: number;
}

/** Tags the samples that the provider has not looked at yet, and makes their thumbnails. */
export async function tagJob(context: JobContext, options: TagOptions): Promise<JobOutcome> {
  const { provider, embedder, retry, stallMs } = options;
  const run = { kind: 'tag', model: provider, settings: { embedder, retry } } as const;
  return recordRun(context, run, async (runId, tally) => {
    const samples = await context.dataset.pendingSamples({ provider, embedder, retry });
    const meter = new ProgressMeter(context, 'tag', samples.length);
    await analyzeSamples(context, samples, { runId, provider, embedder, stallMs }, tally, meter);
  });
}
