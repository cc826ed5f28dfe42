import { UserError } from '../../protocol/userError';
import type { Dataset } from '../dataset';
import { callWithRestarts } from './callWithRestarts';
import type { JobContext, JobOutcome } from './jobContext';
import { ProgressMeter } from './progressMeter';
import { isCancellation, recordRun, type Tally } from './recordRun';
import { digestVectors, VectorFolder } from './vectorFolder';

export interface AlikeOptions {
  /** `visual-look`, or the name of a model that has embedded something. */
  readonly model: string;
  /** The cosine, in percent, from which on two images are near duplicates; null forgets what was found by this model. */
  readonly least: number | null;
}

/**
 * Looks for near duplicates by the vectors of a model, beside those that sign codes tell. From then on it is repeated
 * whenever the model has embedded more.
 * @throws UserError `not-embedded`, `not-searched`
 */
export function alikeJob(context: JobContext, { model, least }: AlikeOptions): Promise<JobOutcome> {
  const { dataset } = context;
  return recordRun(context, { kind: 'duplicates', model, settings: { least } }, async (runId, tally) => {
    if (least === null) await forget(dataset, model, runId);
    else await search(context, model, least, runId, tally);
  });
}

/** Repeats the search by a model whose vectors have changed since, if a person has asked for one. Null when there is none. */
export async function repeatAlike(context: JobContext, model: string): Promise<JobOutcome | null> {
  const searches = await context.dataset.duplicateGroups.searches();
  const known = searches.find((one) => one.model === model);
  if (!known) return null;
  const { ids } = await context.dataset.projections.embeddedSamples(model);
  if (ids.length === 0) return null;
  const digest = await digestVectors(context, model, ids).catch((error: unknown) => {
    if (isCancellation(error, context.signal)) return null; // the job says so
    throw error;
  });
  if (digest === known.vectors) return null;
  return alikeJob(context, { model, least: known.least });
}

async function forget(dataset: Dataset, model: string, runId: number): Promise<void> {
  const searches = await dataset.duplicateGroups.searches();
  if (!searches.some((search) => search.model === model)) {
    const known = searches.map((search) => search.model).join(', ') || 'none';
    throw new UserError('not-searched', `Nothing was looked for by ${model} here. Searches by models: ${known}.`);
  }
  await dataset.duplicateGroups.forget(runId, model);
  await VectorFolder.sweep(dataset, 'duplicates', model);
}

async function search(context: JobContext, model: string, least: number, runId: number, tally: Tally): Promise<void> {
  const { dataset, worker, signal } = context;
  const { ids, length } = await dataset.projections.embeddedSamples(model);
  if (ids.length === 0) {
    throw new UserError('not-embedded', `${model} has embedded nothing here. Embed the images with it first.`);
  }
  const meter = new ProgressMeter(context, 'duplicates', ids.length);
  const digest = await digestVectors(context, model, ids);
  const wanted = { count: ids.length, length, least: least / 100 };
  const vectors = await VectorFolder.open(dataset, 'duplicates', model, digest, wanted);
  try {
    await vectors.write(context, model, ids, length, () => undefined);
    const request = { folder: vectors.folder, ...wanted };
    const onProgress = ({ fraction }: { fraction: number }) => meter.set(Math.floor(fraction * ids.length));
    const { pairs, cosines } = await callWithRestarts('looking for duplicates', () =>
      worker.call('alikeVectors', request, { signal, onProgress }),
    );
    const side = (which: 0 | 1) => Int32Array.from(cosines, (_, pair) => ids[pairs[2 * pair + which]]);
    const likeness = Float64Array.from(cosines, (cosine) => Math.min(100, 100 * cosine));
    const found = { foundBy: model, least, idsA: side(0), idsB: side(1), likeness };
    await dataset.duplicateGroups.saveSearch(runId, found, digest);
    tally.processed = ids.length;
  } finally {
    await vectors.remove();
  }
}
