/**
 * Maps items with up to `limit` of them under way at once; results are in the order of the items. When the signal
 * aborts or one fails, it rejects at once and starts nothing more; what is under way ends unheard.
 */
export async function mapInFlight<T, R>(
  items: readonly T[],
  limit: number,
  signal: AbortSignal,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  signal.throwIfAborted();
  const results = new Array<R>(items.length);
  let next = 0;
  let stopped = false;
  const lane = async () => {
    while (next < items.length && !stopped) {
      const index = next++;
      results[index] = await map(items[index]);
    }
  };
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane)), aborted]);
    return results;
  } finally {
    stopped = true;
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
