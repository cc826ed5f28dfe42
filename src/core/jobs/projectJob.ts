import { callWithRestarts } from './callWithRestarts';
import type { JobContext, JobOutcome } from './jobContext';
import { ProgressMeter } from './progressMeter';
import { recordRun } from './recordRun';

export interface ProjectOptions {
  /** `visual-look`, or the name of a model that has embedded something. */
  readonly embedder: string;
  /** UMAP's n_neighbors, 2 to 200; 15 by default. Larger ones show the whole, smaller ones the detail. */
  readonly neighbors?: number;
  /** UMAP's min_dist, 0 to 1; 0.1 by default. */
  readonly minDistance?: number;
  /** 42 by default. The same seed and embeddings give the same map. */
  readonly seed?: number;
}

/** Lays the embedded samples out on a plane, unless that was done with these settings and nothing has changed since. */
export async function projectJob(context: JobContext, options: ProjectOptions): Promise<JobOutcome> {
  const { dataset, worker, signal } = context;
  const { embedder, neighbors = 15, minDistance = 0.1, seed = 42 } = options;
  const settings = { neighbors, minDistance, seed };
  return recordRun(context, { kind: 'project', model: embedder, settings }, async (_, tally) => {
    if (await dataset.projectionIsCurrent(embedder, settings)) return;
    const { ids, vectors } = await dataset.readEmbeddings(embedder);
    const count = ids.length;
    if (count === 0) return;
    const meter = new ProgressMeter(context, 'project', count);
    const onProgress = ({ fraction }: { fraction: number }) => meter.set(Math.floor(count * Math.min(1, fraction)));
    const xy = await callWithRestarts('laying out the map', () =>
      worker.call('project', { vectors, count, ...settings }, { signal, onProgress }),
    );
    await dataset.saveProjection(embedder, { ids, xy }, settings);
    tally.processed = count;
    meter.set(count);
  });
}
