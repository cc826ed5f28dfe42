import { ranOutOfMemory } from './inferenceFailure';

const SIZES = [1, 2, 4, 8, 16, 32, 64];
/** A larger batch must be so much faster an image to be worth its memory. */
const WORTH = 0.95;

/**
 * The batch size with which a device takes the least time an image, found by trying.
 * @param pass runs one pass with so many images
 * @param now milliseconds
 * @throws what the smallest batch fails with; a larger one that runs out of memory ends the search.
 */
export async function measureBatch(
  pass: (size: number) => Promise<void>,
  now: () => number = () => performance.now(),
): Promise<number> {
  let best = { size: 1, time: Infinity };
  for (const size of SIZES) {
    try {
      await pass(size); // shapes are compiled for at their first use
      const start = now();
      await pass(size);
      const time = (now() - start) / size;
      if (time > WORTH * best.time) break;
      best = { size, time };
    } catch (error) {
      if (size === 1 || !ranOutOfMemory(error)) throw error;
      break;
    }
  }
  return best.size;
}
