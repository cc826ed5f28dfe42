import type * as vscode from 'vscode';
import type { Retry } from '../../core/dataset';
import type { JobContext } from '../../core/jobs/jobContext';
import type { ModelOutcome, ModelRunOptions } from '../../core/jobs/modelRun';
import type { ModelShare, RunResult } from '../runResult';
import { askedQuestions } from './askedQuestions';
import { hostVocabulary } from './hostVocabulary';
import type { ReadyModel } from './modelReadiness';
import { deviceWords } from './modelWords';

/** Hears which model is at work in a run. */
export interface ModelWatch {
  /** @param note why it does not run as the setting asks for, or null */
  begins(title: string, device: string, note: string | null): void;
  /** What follows needs no model. */
  ends(): void;
}

/** Which images a model is asked about: by default all that it has not answered for, which are mapped then. */
export interface AskedImages {
  readonly retry?: Retry;
  readonly among?: readonly number[] | null;
  readonly maps?: boolean;
}

/** Has a model answer the questions about images, and maps its vectors. */
export async function tagWithModel(
  context: JobContext,
  ready: ReadyModel,
  folder: vscode.Uri,
  watch: ModelWatch,
  { retry = 'due', among = null, maps = true }: AskedImages = {},
): Promise<RunResult> {
  const vocabulary = await hostVocabulary(folder);
  await context.dataset.setVocabulary(vocabulary);
  const { dimensions, freeTags, caption, vector } = await askedQuestions(vocabulary, ready.manifest);
  const { modelTagJob } = await import('../../core/jobs/modelTagJob');
  const questions = { dimensions, freeTags, caption, embed: vector };
  const job = () => modelTagJob(context, { ...runOptions(ready), ...questions, retry, among });
  return withModel(context, ready, watch, vector && maps, job);
}

/** Has a model embed all images that it has not embedded, and maps its vectors. */
export async function embedWithModel(context: JobContext, ready: ReadyModel, watch: ModelWatch): Promise<RunResult> {
  const { modelEmbedJob } = await import('../../core/jobs/modelEmbedJob');
  return withModel(context, ready, watch, true, () => modelEmbedJob(context, runOptions(ready)));
}

function runOptions({ manifest, request }: ReadyModel): ModelRunOptions {
  const { revision, licence, thresholds, labelThresholds } = manifest;
  return {
    ...{ model: request, manifestRevision: revision, licence },
    ...{ threshold: thresholds['tag'], dimensionThresholds: labelThresholds },
  };
}

async function withModel(
  context: JobContext,
  { manifest, request, note }: ReadyModel,
  watch: ModelWatch,
  maps: boolean,
  job: () => Promise<ModelOutcome>,
): Promise<RunResult> {
  const startedAt = performance.now();
  watch.begins(manifest.title, deviceWords(request.device), note);
  const { device, fallback, ...outcome } = await job();
  watch.ends();
  const share: ModelShare = {
    title: manifest.title,
    processed: outcome.processed,
    device: device && deviceWords(device),
    fallback: fallback ?? note,
  };
  let { cancelled } = outcome;
  if (maps && !cancelled) {
    const { projectJob } = await import('../../core/jobs/projectJob');
    cancelled = (await projectJob(context, { embedder: manifest.name })).cancelled;
  }
  return { outcome: { ...outcome, cancelled, seconds: (performance.now() - startedAt) / 1000 }, shares: [share] };
}
