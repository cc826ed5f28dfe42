import type { Basis } from '../../protocol/workerApi';
import { analyzeSamples } from './analyzeSamples';
import { callWithRestarts } from './callWithRestarts';
import { repeatAlike } from './alikeJob';
import { AS_THEY_ARE, findDuplicates, type TransformedCopies } from './findDuplicates';
import { findUnique } from './findUnique';
import type { JobContext, JobOutcome } from './jobContext';
import { ProgressMeter } from './progressMeter';
import { recordRun, type Tally } from './recordRun';

export interface EmbedOptions {
  readonly embedder: 'visual-look';
  /** Which copies count as duplicates; by default those that look the same as they are. */
  readonly copies?: TransformedCopies;
}

/** Past this growth of the dataset the basis no longer knows what is in it. */
const GROWTH_BEFORE_REFIT = 1.2;
/** Descriptors the basis is fitted on, at most: more than the fit makes use of. */
const FIT_ON = 4096;
const SEED = 42;

/**
 * Embeds the samples that are not embedded yet, and looks for duplicates and for what is unlike all others among all.
 * Descriptors that a tag run has not left are computed first. The basis is fitted anew, and everything embedded anew, when
 * the dataset has grown by more than a fifth since.
 */
export async function embedJob(
  context: JobContext,
  { embedder, copies = AS_THEY_ARE }: EmbedOptions,
): Promise<JobOutcome> {
  const run = { kind: 'embed', model: embedder, settings: { seed: SEED, ...copies } } as const;
  const outcome = await recordRun(context, run, async (runId, tally) => {
    await describeMissing(context, embedder, runId, tally);
    const basis = await currentBasis(context, embedder);
    if (basis) await embedNew(context, embedder, basis, tally);
    await findDuplicates(context, embedder, basis, runId, copies);
    await findUnique(context, embedder);
  });
  const again = outcome.cancelled ? null : await repeatAlike(context, embedder);
  return { ...outcome, cancelled: outcome.cancelled || (again?.cancelled ?? false) };
}

async function describeMissing(context: JobContext, embedder: string, runId: number, tally: Tally): Promise<void> {
  const samples = await context.dataset.pendingSamples({ provider: null, embedder, retry: 'due' });
  if (samples.length === 0) return;
  const meter = new ProgressMeter(context, 'embed', samples.length);
  await analyzeSamples(context, samples, { runId, provider: null, embedder }, tally, meter);
  tally.processed = 0; // they count when they are embedded
}

/** Null while there is nothing to fit a basis on. */
async function currentBasis({ dataset, worker, signal }: JobContext, embedder: string): Promise<Basis | null> {
  const count = await dataset.descriptorCount(embedder);
  if (count === 0) return null;
  const stored = await dataset.loadBasis(embedder);
  if (stored && count <= GROWTH_BEFORE_REFIT * stored.fittedOn) return stored.basis;
  const parts: Float32Array[] = [];
  for await (const { descriptors } of dataset.readDescriptors(embedder, { sampleSize: FIT_ON, seed: SEED })) {
    parts.push(descriptors);
  }
  const descriptors = concatenate(parts);
  const fittedOn = Math.min(count, FIT_ON);
  const basis = await callWithRestarts('fitting the embedding', () =>
    worker.call('fitBasis', { descriptors, count: fittedOn, seed: SEED }, { signal }),
  );
  await dataset.saveBasis(embedder, basis, count);
  return basis;
}

async function embedNew(context: JobContext, embedder: string, basis: Basis, tally: Tally): Promise<void> {
  const { dataset, worker, signal } = context;
  const embedded = (await dataset.embeddingModels()).find(({ model }) => model === embedder)?.count ?? 0;
  const meter = new ProgressMeter(context, 'embed', (await dataset.descriptorCount(embedder)) - embedded);
  for await (const { ids, descriptors } of dataset.readDescriptors(embedder, { onlyWithoutEmbedding: true })) {
    signal.throwIfAborted();
    const rows = await callWithRestarts('embedding', () =>
      worker.call('embed', { basis, descriptors, count: ids.length }, { signal }),
    );
    await dataset.commitEmbeddings(embedder, { ids, ...rows });
    tally.processed += ids.length;
    meter.add(ids.length);
  }
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
