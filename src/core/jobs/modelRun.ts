import type { AskedDimension, Device, ModelRequest } from '../../protocol/workerApi';
import type { ModelPendingSample, ModelRunSettings, Retry } from '../dataset';
import { vocabularyVersion } from '../vocabulary/questions';
import { repeatAlike } from './alikeJob';
import { analyzeUnmeasured } from './analyzeUnmeasured';
import { askSamples } from './askSamples';
import type { JobContext, JobOutcome } from './jobContext';
import { ModelLoader } from './modelLoader';
import { noticeReadable } from './noticeReadable';
import { ProgressMeter } from './progressMeter';
import { recordRun } from './recordRun';
import { retryDue } from './retryDue';

/** Least score at which a model's answer becomes a tag, where its manifest says nothing. */
const DEFAULT_MODEL_THRESHOLD = 60;

/** What every run of a model that comes as files needs to know. */
export interface ModelRunOptions {
  readonly model: ModelRequest;
  /** What an earlier revision answered is asked again. */
  readonly manifestRevision: string;
  /** Of its manifest, for the database. */
  readonly licence?: string;
  /** Least score, 0 to 100, at which its answers become tags, until a person sets another; 60 by default. */
  readonly threshold?: number | undefined;
  /** The same of single dimensions, by name. */
  readonly dimensionThresholds?: Readonly<Record<string, number>> | undefined;
  /** Which failed images to try again; `due` by default. */
  readonly retry?: Retry;
  /** Ids of the only samples to look at; all by default. */
  readonly among?: readonly number[] | null;
  /** Time without a sign from the worker after which it counts as hanging; ten minutes by default. */
  readonly stallMs?: number;
}

export interface ModelOutcome extends JobOutcome {
  /** What it ran on; null when nothing was to be asked. */
  readonly device: Device | null;
  /** Why that is not what was asked for, in words, or null. */
  readonly fallback: string | null;
}

export interface ModelWork {
  readonly kind: 'tag' | 'embed';
  readonly dimensions: readonly AskedDimension[];
  readonly freeTags: number;
  readonly caption: boolean;
  readonly vector: boolean;
}

/**
 * Asks a model about every sample of which it has not answered all of this. Samples that were never analysed are so
 * first, for their thumbnails and measures. Failures whose next try came while it was at work are tried once more at its
 * end. A search for near duplicates by its vectors, if a person has asked for one, is repeated.
 */
export async function modelRun(
  context: JobContext,
  options: ModelRunOptions,
  { kind, dimensions, freeTags, caption, vector }: ModelWork,
): Promise<ModelOutcome> {
  const { dataset } = context;
  const { model, manifestRevision, licence, threshold = DEFAULT_MODEL_THRESHOLD, retry = 'due', among } = options;
  const versions = dimensions.map((dimension) => ({ name: dimension.name, version: vocabularyVersion(dimension) }));
  const wanted = { freeTags, caption, vector };
  const settings = {
    ...{ revision: manifestRevision, dtype: model.dtype, device: model.device, ...wanted },
    dimensions: Object.fromEntries(
      dimensions.map(({ name, question, answers }, index) => [name, { ...versions[index], question, answers }]),
    ),
  } satisfies ModelRunSettings & Record<string, unknown>;
  const loader = new ModelLoader(context, model, options.stallMs);
  await dataset.useModel({
    ...{ name: model.name, revision: manifestRevision, licence: licence ?? null, threshold },
    ...(options.dimensionThresholds && { dimensionThresholds: options.dimensionThresholds }),
  });
  const outcome = await recordRun(context, { kind, model: model.name, settings }, async (runId, tally) => {
    await noticeReadable(context);
    await analyzeUnmeasured(context, runId, { retry, among }, tally);
    const unusable = new Set(tally.failed.map(({ path }) => path));
    const pending = (which: Retry) =>
      dataset.modelPending({
        ...{ model: model.name, revision: manifestRevision, dimensions: versions, retry: which, among },
        ...wanted,
      });
    const samples = (await pending(retry)).filter(({ path }) => !unusable.has(path));
    if (samples.length === 0) return;
    await loader.ensure(context.worker, context.signal);
    const meter = new ProgressMeter(context, kind, samples.length);
    meter.loaded = loader.loaded;
    const ask = (some: readonly ModelPendingSample[]) =>
      askSamples(context, some, { runId, loader, dimensions, freeTags, stallMs: options.stallMs }, tally, meter);
    await ask(samples);
    await retryDue(await pending('only-due'), ask, tally, meter);
  });
  // A few new images are not worth comparing all vectors anew: the next run over all does.
  const repeats = vector && !outcome.cancelled && !among;
  const again = repeats ? await repeatAlike(context, model.name) : null;
  const cancelled = outcome.cancelled || (again?.cancelled ?? false);
  return { ...outcome, cancelled, device: loader.loaded?.device ?? null, fallback: loader.loaded?.fallback ?? null };
}
