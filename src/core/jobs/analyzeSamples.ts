import { join } from 'node:path';
import type { Analysis, AnalyzeRequest } from '../../protocol/workerApi';
import type { DatasetLocation } from '../datasetLocation';
import { thumbnailPath } from '../thumbnailPath';
import type { SampleInHand } from './analysisResult';
import { BatchSize } from './batchSize';
import { workerKeepsDying } from './callWithRestarts';
import type { JobContext } from './jobContext';
import type { ProgressMeter } from './progressMeter';
import type { Tally } from './recordRun';
import type { Blame } from './suspectSamples';
import { workOnSamples } from './workOnSamples';

export interface AnalyzeSettings {
  readonly runId: number;
  readonly provider: string | null;
  readonly embedder: string | null;
  /** Time without a sign from the worker after which it counts as hanging; two minutes by default. */
  readonly stallMs?: number;
}

/** Time without a sign from a worker that decodes images after which it counts as hanging. */
export const DECODER_STALL_MS = 120_000;

/** How a worker's deaths are laid to the images that it decoded. */
export const DECODER_BLAME: Blame = {
  code: 'decoder-crash',
  message:
    'Decoding this file crashed the image worker each time. It is skipped from now on; save it again with an image editor, or remove it.',
  mostInARow: 20,
  giveUp: (cause) => workerKeepsDying('decoding images', cause),
};

/** Has samples analysed by the workers: one decode for measures, tags, descriptor and thumbnail. */
export async function analyzeSamples(
  context: JobContext,
  samples: readonly SampleInHand[],
  { runId, provider, embedder, stallMs = DECODER_STALL_MS }: AnalyzeSettings,
  tally: Tally,
  meter: ProgressMeter,
): Promise<void> {
  const { dataset, worker, analyzers = [worker] } = context;
  await workOnSamples<Analysis>(
    context,
    samples,
    {
      workers: analyzers,
      batchSize: new BatchSize(),
      stallMs,
      blame: DECODER_BLAME,
      call: (of, batch, { signal, started }) => {
        const items = analyzeItems(dataset.location, batch);
        const onProgress = (progress: { started: number }) => started(progress.started);
        return of.call('analyze', { items, provider, embedder }, { signal, onProgress });
      },
      commit: (results, processing) => dataset.commitAnalyses(runId, { provider, embedder }, results, processing),
    },
    tally,
    meter,
  );
}

/** Samples as a worker is asked about them, with where their thumbnails go. */
export function analyzeItems(location: DatasetLocation, samples: readonly SampleInHand[]): AnalyzeRequest['items'] {
  return samples.map((sample) => ({
    id: sample.id,
    path: join(location.folder, sample.path),
    thumbnail: thumbnailPath(location, sample),
  }));
}
