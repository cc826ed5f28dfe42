/**
 * Works on the items in order, several at a time. When one fails, no further one begins, `stop` tells the others to end,
 * and once they have ended the first failure is thrown.
 */
export async function inParallel<T>(
  items: readonly T[],
  lanes: number,
  signal: AbortSignal,
  work: (item: T, stop: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal.reason);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  let first: { readonly error: unknown } | null = null;
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        stop.signal.throwIfAborted();
        await work(item, stop.signal);
      } catch (error) {
        first ??= { error };
        stop.abort(new Error('Another one failed.')); // not that failure itself: it would pass for each one's own
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  signal.removeEventListener('abort', onAbort);
  signal.throwIfAborted();
  if (first) throw (first as { readonly error: unknown }).error;
}
