import type { Retry } from '../dataset';
import { analyzeSamples } from './analyzeSamples';
import type { JobContext } from './jobContext';
import { ProgressMeter } from './progressMeter';
import { Tally } from './recordRun';

/** Analyses samples that never were, before a model is asked about them. Those that cannot be used are added to `tally`. */
export async function analyzeUnmeasured(
  context: JobContext,
  runId: number,
  { retry, among }: { readonly retry: Retry; readonly among: readonly number[] | null | undefined },
  tally: Tally,
): Promise<void> {
  const samples = await context.dataset.unmeasuredSamples(retry, among);
  if (samples.length === 0) return;
  const measured = new Tally(); // they count when the model has answered
  const meter = new ProgressMeter(context, 'index', samples.length);
  await analyzeSamples(context, samples, { runId, provider: null, embedder: null }, measured, meter);
  tally.failed.push(...measured.failed);
}
