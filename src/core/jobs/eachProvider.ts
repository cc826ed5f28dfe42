import type { JobContext } from './jobContext';

/**
 * Asks several providers, one after the other, until the run is cancelled. One that fails leaves the others their turn.
 * @param isCancelled of what came of one
 * @throws what the first one that failed threw, once all had their turn; failures of the others are logged
 */
export async function eachProvider<P, R>(
  { signal, log }: Pick<JobContext, 'signal' | 'log'>,
  providers: readonly P[],
  ask: (provider: P) => Promise<R>,
  isCancelled: (result: R) => boolean,
): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  for (const provider of providers) {
    try {
      const result = await ask(provider);
      results.push(result);
      if (isCancelled(result)) break;
    } catch (error) {
      if (signal.aborted) throw error;
      failures.push(error);
    }
  }
  if (failures.length === 0) return results;
  for (const other of failures.slice(1)) log(other instanceof Error ? other.message : String(other));
  throw failures[0];
}
