import type { DatasetLocation } from '../datasetLocation';
import type { AnalysisFailure } from '../dataset';
import type { WorkerClient } from '../workerClient';
import type { Analysis } from '../../protocol/workerApi';
import type { SampleInHand } from './analysisResult';
import { analyzeItems, DECODER_BLAME, DECODER_STALL_MS } from './analyzeSamples';
import { BatchSize } from './batchSize';
import { ProgressMeter } from './progressMeter';
import { Tally } from './recordRun';
import { workOnSamples } from './workOnSamples';

/**
 * Has a worker make the thumbnails of samples, and nothing else: what it measures on the way is not kept. A worker that
 * dies or stands still at an image is started anew for the others.
 * @returns what could not be made, and why
 * @throws UserErrors `disk-full`, `thumbnail-unwritable`, `worker-unavailable`; the reason of the signal
 */
export async function makeThumbnails(
  worker: WorkerClient,
  location: DatasetLocation,
  samples: readonly SampleInHand[],
  signal: AbortSignal,
): Promise<AnalysisFailure[]> {
  const failures: AnalysisFailure[] = [];
  const meter = new ProgressMeter({ report: () => undefined }, 'tag', samples.length); // nobody watches
  await workOnSamples<Analysis>(
    { signal },
    samples,
    {
      workers: [worker],
      batchSize: new BatchSize(),
      stallMs: DECODER_STALL_MS,
      blame: DECODER_BLAME,
      call: (of, batch, { signal: stop, started }) =>
        of.call(
          'analyze',
          { items: analyzeItems(location, batch), provider: null, embedder: null },
          { signal: stop, onProgress: (progress) => started(progress.started) },
        ),
      commit: (results) => {
        for (const result of results) if (!result.ok) failures.push(result);
        return Promise.resolve();
      },
    },
    new Tally(),
    meter,
  );
  return failures;
}
