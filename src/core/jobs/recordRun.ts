import type { RunKind } from '../dataset';
import { RpcError } from '../../protocol/rpc';
import type { FailedImage, JobContext, JobOutcome } from './jobContext';

/** What a job adds up while it works; it stands also when the job is cancelled half way. */
export class Tally {
  processed = 0;
  failed: FailedImage[] = [];
}

export interface RunDescription {
  readonly kind: RunKind;
  readonly model: string | null;
  readonly settings: Record<string, unknown>;
}

/**
 * Does a job's work between `beginRun` and `endRun`. Cancelling makes an outcome, any other failure is written to the
 * run and thrown on.
 */
export async function recordRun(
  context: JobContext,
  run: RunDescription,
  work: (runId: number, tally: Tally) => Promise<void>,
): Promise<JobOutcome> {
  const { dataset, signal } = context;
  const startedAt = performance.now();
  const tally = new Tally();
  const runId = await dataset.beginRun(run);
  const detail = (error: string | null) => ({ processed: tally.processed, failed: tally.failed.length, error });
  let cancelled = false;
  try {
    signal.throwIfAborted();
    await work(runId, tally);
  } catch (error) {
    cancelled = isCancellation(error, signal);
    if (!cancelled) {
      await endFailedRun(context, runId, detail(error instanceof Error ? error.message : String(error)));
      throw error;
    }
  }
  await dataset.endRun(runId, cancelled ? 'cancelled' : 'done', detail(null));
  const { total } = await dataset.counts();
  const { processed, failed } = tally;
  return { total, processed, failed, seconds: (performance.now() - startedAt) / 1000, cancelled };
}

/** Whether work ended because its signal was aborted, not for a reason of its own. */
export function isCancellation(error: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted) return false;
  return error === signal.reason || (error instanceof RpcError && error.code === 'cancelled');
}

/** What made the run fail (a full disk, say) can keep its end from being written; the first failure is the news. */
async function endFailedRun(
  { dataset, log }: JobContext,
  runId: number,
  detail: { processed: number; failed: number; error: string | null },
): Promise<void> {
  try {
    await dataset.endRun(runId, 'failed', detail);
  } catch (error) {
    log(`The end of the failed run was not written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
