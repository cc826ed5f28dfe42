import { join } from 'node:path';
import type { AskedDimension, ModelAnswer, ModelQuestions } from '../../protocol/workerApi';
import type { ModelPendingSample } from '../dataset';
import { BatchSize } from './batchSize';
import { groupByQuestions } from './groupByQuestions';
import type { JobContext } from './jobContext';
import { modelCrashes, type ModelLoader } from './modelLoader';
import type { ProgressMeter } from './progressMeter';
import type { Tally } from './recordRun';
import { workOnSamples, type SampleTask } from './workOnSamples';

export interface AskSettings {
  readonly runId: number;
  readonly loader: ModelLoader;
  /** All that may be asked; of each sample only what it lacks is. */
  readonly dimensions: readonly AskedDimension[];
  readonly freeTags: number;
  /** Time without a sign from the worker after which it counts as hanging; ten minutes by default. */
  readonly stallMs?: number;
}

/** A large model on a small processor takes minutes over one image. */
const STALL_MS = 600_000;
/** Fewer than for decoders: each costs loading the model twice. */
const MOST_CRASHES_IN_A_ROW = 3;

/** Asks a model about samples, of each what the model has not answered yet, and commits its answers. */
export async function askSamples(
  context: JobContext,
  samples: readonly ModelPendingSample[],
  settings: AskSettings,
  tally: Tally,
  meter: ProgressMeter,
): Promise<void> {
  const { dimensions, freeTags } = settings;
  for (const alike of groupByQuestions(samples)) {
    const [first] = alike;
    const questions = {
      dimensions: dimensions.filter(({ name }) => first.dimensions.includes(name)),
      freeTags: first.freeTags ? freeTags : 0,
      caption: first.caption,
      vector: first.vector,
    };
    await workOnSamples(context, alike, taskOf(context, settings, questions, meter), tally, meter);
  }
}

function taskOf(
  { dataset, worker }: JobContext,
  { runId, loader, stallMs = STALL_MS }: AskSettings,
  questions: ModelQuestions,
  meter: ProgressMeter,
): SampleTask<ModelAnswer> {
  const { model } = loader;
  const asked = {
    model: model.name,
    dimensions: questions.dimensions.map(({ name }) => name),
    freeTags: questions.freeTags > 0,
    caption: questions.caption,
    vector: questions.vector,
  };
  return {
    workers: [worker], // every further one would have the model in memory once more
    batchSize: new BatchSize(1),
    stallMs,
    blame: {
      code: 'model-crash',
      message: `The model ${model.name} crashed at this image each time. It is skipped from now on; try again with --retry-failed, or with another model.`,
      mostInARow: MOST_CRASHES_IN_A_ROW,
      giveUp: (cause) => modelCrashes(model, 'at one image after the other', cause),
    },
    prepare: (of, signal) => loader.ensure(of, signal),
    call: async (of, batch, { signal, started }) => {
      const items = batch.map(({ id, path }) => ({ id, path: join(dataset.location.folder, path) }));
      const onProgress = (progress: { started: number }) => started(progress.started);
      const { answers, loaded } = await of.call('askModel', { model, items, questions }, { signal, onProgress });
      loader.note(loaded);
      meter.loaded = loaded;
      return answers;
    },
    commit: async (results, processing) => {
      const news = loader.takeNews();
      if (news) await dataset.noteRun(runId, { ...news });
      await dataset.commitModelAnswers(runId, asked, results, processing);
    },
  };
}
