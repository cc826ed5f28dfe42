import type { SampleInHand } from './analysisResult';
import type { ProgressMeter } from './progressMeter';
import type { Tally } from './recordRun';

/** Tries samples once more that failed and whose next try has come: what a run tells of them is how it went then. */
export async function retryDue<S extends SampleInHand>(
  due: readonly S[],
  work: (samples: readonly S[]) => Promise<void>,
  tally: Tally,
  meter: ProgressMeter,
): Promise<void> {
  if (due.length === 0) return;
  const again = new Set(due.map(({ path }) => path));
  tally.failed = tally.failed.filter(({ path }) => !again.has(path));
  meter.total += due.length;
  await work(due);
}
