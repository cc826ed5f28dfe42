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
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        stop.throwIfAborted();
        await work(item, stop);
      } catch (error) {
        failed.abort(error);
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  signal.throwIfAborted();
  failed.signal.throwIfAborted(); // its reason is what came first; the other lanes only followed
}
