import { callWithRestarts } from './callWithRestarts';
import type { JobContext } from './jobContext';

/** Neighbors whose mean distance says how alone an image is. One would be fooled by a single copy that is not so near. */
const NEIGHBORS = 5;

/** Measures how unlike all others each embedded sample is. */
export async function findUnique({ dataset, worker, signal }: JobContext, embedder: string): Promise<void> {
  const { ids, vectors } = await dataset.readEmbeddings(embedder);
  const distances = await callWithRestarts('measuring uniqueness', () =>
    worker.call('neighborDistances', { vectors, count: ids.length, neighbors: NEIGHBORS }, { signal }),
  );
  await dataset.quality.saveUniqueness(embedder, ids, distances);
}
