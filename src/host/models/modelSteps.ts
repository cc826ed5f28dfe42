import type * as vscode from 'vscode';
import type { JobContext, JobOutcome } from '../../core/jobs/jobContext';
import { isCancellation } from '../../core/jobs/recordRun';
import type { LoadedModel } from '../../protocol/workerApi';
import type { ModelShare, RunResult } from '../runResult';
import { askedQuestions } from './askedQuestions';
import type { ReadyModel } from './modelReadiness';
import { deviceWords } from './modelWords';

/** Hears what becomes of a model while a run uses it. */
export interface ModelWatch {
  /** It is being loaded. */
  loading(title: string, device: string): void;
  /** It is at work on this device. */
  working(title: string, device: string, fallback: string | null): void;
  /** What follows needs no model. */
  done(): void;
}

type ModelOutcome = JobOutcome & Partial<Pick<LoadedModel, 'device' | 'fallback'>>;

/** Has a model answer the questions about all images that it has not answered for, and maps its vectors. */
export async function tagWithModel(
  context: JobContext,
  ready: ReadyModel,
  folder: vscode.Uri,
  watch: ModelWatch,
): Promise<RunResult> {
  const questions = await askedQuestions(folder, ready.manifest);
  const { modelTagJob } = await import('../../core/jobs/modelTagJob').catch((e: unknown) => Promise.reject(e));
  return withModel(context, ready, watch, questions.vector, () =>
    modelTagJob(context, {
      model: ready.request,
      manifestRevision: ready.manifest.revision,
      dimensions: questions.dimensions,
      freeTags: questions.freeTags,
      caption: questions.caption,
      embed: questions.vector,
    }),
  );
}

/** Has a model embed all images that it has not embedded, and maps its vectors. */
export async function embedWithModel(context: JobContext, ready: ReadyModel, watch: ModelWatch): Promise<RunResult> {
  const { modelEmbedJob } = await import('../../core/jobs/modelEmbedJob').catch((e: unknown) => Promise.reject(e));
  return withModel(context, ready, watch, true, () =>
    modelEmbedJob(context, { model: ready.request, manifestRevision: ready.manifest.revision }),
  );
}

async function withModel(
  context: JobContext,
  ready: ReadyModel,
  watch: ModelWatch,
  maps: boolean,
  job: () => Promise<ModelOutcome>,
): Promise<RunResult> {
  const { title } = ready.manifest;
  const startedAt = performance.now();
  const loaded = await load(context, ready, watch);
  if (!loaded) return { outcome: await cancelled(context, startedAt), share: null };
  watch.working(title, deviceWords(loaded.device), ready.note ?? loaded.fallback);
  const { device = loaded.device, fallback = loaded.fallback, ...outcome } = await job();
  watch.done();
  const share: ModelShare = {
    title,
    processed: outcome.processed,
    device: device && deviceWords(device),
    fallback: fallback ?? ready.note,
  };
  if (maps && !outcome.cancelled) {
    const { projectJob } = await import('../../core/jobs/projectJob');
    outcome.cancelled = (await projectJob(context, { embedder: ready.manifest.name })).cancelled;
  }
  return { outcome: { ...outcome, seconds: (performance.now() - startedAt) / 1000 }, share };
}

/** Loads the model before anything is asked, so that the progress can say so. Null when that was cancelled. */
async function load(
  context: JobContext,
  { manifest, request }: ReadyModel,
  watch: ModelWatch,
): Promise<LoadedModel | null> {
  const { worker, signal } = context;
  watch.loading(manifest.title, deviceWords(request.device));
  try {
    return await worker.call('loadModel', request, { signal });
  } catch (error) {
    if (isCancellation(error, signal)) return null;
    throw error;
  }
}

async function cancelled({ dataset }: JobContext, startedAt: number): Promise<JobOutcome> {
  const { total } = await dataset.counts();
  return { total, processed: 0, failed: [], seconds: (performance.now() - startedAt) / 1000, cancelled: true };
}
