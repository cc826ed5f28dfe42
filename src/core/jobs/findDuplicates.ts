import { callWithRestarts } from './callWithRestarts';
import type { JobContext } from './jobContext';

/** Hamming distance of sign codes up to which two images count as near duplicates: no wrong pair in 10 million. */
const MAX_DISTANCE = 64;

/** Looks for near duplicates among all embedded samples; exact ones the dataset finds itself, by content hash. */
export async function findDuplicates(context: JobContext, embedder: string, runId: number): Promise<void> {
  const { dataset, worker, signal } = context;
  const { ids, signCodes } = await dataset.readEmbeddings(embedder);
  if (!signCodes) throw new Error(`${embedder} leaves no sign codes`);
  const { pairs, distances } = await callWithRestarts('looking for duplicates', () =>
    worker.call('nearDuplicates', { signCodes, count: ids.length, maxDistance: MAX_DISTANCE }, { signal }),
  );
  const side = (offset: 0 | 1) => Int32Array.from(distances, (_, pair) => ids[pairs[2 * pair + offset]]);
  await dataset.saveDuplicates(runId, { idsA: side(0), idsB: side(1), distances });
}
