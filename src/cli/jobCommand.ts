import { Dataset, type Retry } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import { embedJob } from '../core/jobs/embedJob';
import { indexJob, type IndexOutcome } from '../core/jobs/indexJob';
import type { JobContext, JobOutcome } from '../core/jobs/jobContext';
import { mainJob } from '../core/jobs/mainJob';
import { modelEmbedJob } from '../core/jobs/modelEmbedJob';
import type { ModelOutcome, ModelRunOptions } from '../core/jobs/modelRun';
import { projectJob } from '../core/jobs/projectJob';
import { tagWithAll, type Tagging } from '../core/jobs/tagWith';
import { NO_FILTER } from '../core/sampleFilter';
import { loadVocabulary } from '../core/vocabulary/loadVocabulary';
import type { CommandResult } from './commandResult';
import { jobText, type UsedModelFacts } from './jobText';
import { chooseJobModels, type JobModels } from './jobModels';
import { BUILT_IN, type CommandLine, type JobCommandName } from './parseArguments';
import type { ProgressBar } from './progressBar';
import { remoteProviders } from './remoteProviders';
import { chooseRemoteTagger, usedRemote } from './remoteTagger';
import { startWorkers } from './startWorkers';
import { userDataFolder } from './userDataFolder';

const EMBEDDER = BUILT_IN.embedder;

/**
 * Runs a job on a folder, and what it stands on before it.
 * @throws UserError when the job failed; images that failed are part of the result
 */
export async function jobCommand(
  command: JobCommandName,
  line: CommandLine,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<CommandResult> {
  const startedAt = performance.now();
  const location = await locateDataset(line.folder, { fallbackFolder: userDataFolder(), database: line.database });
  const warnings: string[] = [];
  const warn = (text: string) => {
    warnings.push(text);
    bar.message(text);
  };
  const vocabulary = await loadVocabulary(location.folder);
  const manifests = remoteProviders(() => undefined); // what is wrong with one was said when the call was read
  const remote = await chooseRemoteTagger(line, manifests, vocabulary, location);
  const models = await chooseJobModels(line, vocabulary, remote, warn);
  const dataset = await Dataset.open(location, { access: 'write' });
  const pool = startWorkers(bar, line.verbose);
  const context: JobContext = {
    dataset,
    worker: pool.first,
    analyzers: pool.workers,
    signal,
    report: (progress) => bar.show(progress),
    log: warn,
  };
  try {
    await dataset.setVocabulary(vocabulary);
    const retry = line.retryFailed ? 'all-failed' : 'due';
    const { index, outcome, taggings, embedded } = await runStages(command, context, models, retry, line.map);
    const sent = taggings.find((tagging) => tagging.kind === 'remote')?.outcome;
    bar.clear();
    if (outcome.total === 0 && !outcome.cancelled) context.log(noImageText(location.folder, index));
    const counts = await dataset.counts();
    const facts = {
      command,
      dataset: location.folder,
      database: location.database,
      total: counts.total,
      processed: outcome.processed,
      failed: await dataset.failures(),
      seconds: Math.round(performance.now() - startedAt) / 1000,
      cancelled: outcome.cancelled,
      models: usedModels(taggings, models.embedder, embedded),
      tags: await dataset.tagCounts(),
    };
    const { added, changed, moved, missing, found } = index;
    const facets = command === 'index' ? null : await dataset.facets(NO_FILTER);
    const dimensions = await dataset.dimensions();
    return {
      json: {
        ...{ ...facts, counts, index: { added, changed, moved, missing, found }, warnings },
        ...(remote &&
          sent && { remote: { host: remote.server.endpoint.host, spent: sent.spent, stopped: sent.stopped } }),
      },
      text: jobText({ ...facts, counts, index, facets, dimensions }),
      cancelled: outcome.cancelled,
    };
  } finally {
    bar.clear();
    await pool.dispose();
    await dataset.close();
  }
}

interface Stages {
  readonly index: IndexOutcome;
  /** Of the last stage. */
  readonly outcome: JobOutcome;
  /** What became of the providers, in the order in which they ran. */
  readonly taggings: readonly Tagging[];
  /** What became of the model that embeds, or null. */
  readonly embedded: ModelOutcome | null;
}

async function runStages(
  command: JobCommandName,
  context: JobContext,
  { taggers, embedder }: JobModels,
  retry: Retry,
  map: CommandLine['map'],
): Promise<Stages> {
  const exclude: string[] = []; // `files.exclude` is a setting of the editor
  if (command === 'run') {
    const models = taggers.filter(({ kind }) => kind !== 'builtin'); // which has its turn anyway
    const outcome = await mainJob(context, { exclude, retry, taggers: models, embedder });
    return { ...outcome, outcome };
  }
  const index = await indexJob(context, { exclude });
  let taggings: readonly Tagging[] = [];
  let embedded: ModelOutcome | null = null;
  const tag = async () => {
    taggings = await tagWithAll(context, taggers, retry);
    return taggings.at(-1)!.outcome;
  };
  const embed = async () =>
    embedder
      ? (embedded = await modelEmbedJob(context, { ...embedder, retry }))
      : embedJob(context, { embedder: EMBEDDER });
  const stages: Record<Exclude<JobCommandName, 'run'>, (() => Promise<JobOutcome>)[]> = {
    index: [],
    tag: [tag],
    embed: [embed],
    project: [embed, () => projectJob(context, { embedder: embedder?.model.name ?? EMBEDDER, ...map })],
  };
  let outcome: JobOutcome = index;
  for (const stage of stages[command]) {
    if (outcome.cancelled) break;
    outcome = await stage();
  }
  return { index, outcome, taggings, embedded };
}

/** What was used of models and remote providers, on what. */
export function usedModels(
  taggings: readonly Tagging[],
  embedder: ModelRunOptions | null,
  embedded: ModelOutcome | null,
): UsedModelFacts[] {
  const used = taggings.flatMap((tagging) => {
    if (tagging.kind === 'builtin') return [];
    return tagging.kind === 'remote'
      ? usedRemote(tagging.options, tagging.outcome)
      : usedModel(tagging.options, tagging.outcome);
  });
  return embedder && embedded ? [...used, usedModel(embedder, embedded)] : used;
}

function usedModel(
  { model, manifestRevision }: ModelRunOptions,
  { processed, device, fallback }: ModelOutcome,
): UsedModelFacts {
  const { name, dtype } = model;
  return { name, revision: manifestRevision, dtype, device, fallback, processed };
}

function noImageText(folder: string, { leftOut }: IndexOutcome): string {
  const reasons = [
    leftOut.gitignore > 0 ? `${leftOut.gitignore} named by .gitignore` : null,
    leftOut.excluded > 0 ? `${leftOut.excluded} excluded` : null,
    leftOut.hidden > 0 ? `${leftOut.hidden} hidden` : null,
  ].filter((reason) => reason !== null);
  const left = reasons.length > 0 ? ` Files and folders left out: ${reasons.join(', ')}.` : '';
  return `No image was found in ${folder}. Choose a folder that holds JPEG, PNG, WebP, GIF, TIFF or AVIF files.${left}`;
}
