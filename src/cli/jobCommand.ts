import { Dataset, type Retry } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import { embedJob } from '../core/jobs/embedJob';
import { indexJob, type IndexOutcome } from '../core/jobs/indexJob';
import type { JobContext, JobOutcome } from '../core/jobs/jobContext';
import { mainJob } from '../core/jobs/mainJob';
import { modelEmbedJob } from '../core/jobs/modelEmbedJob';
import type { ModelOutcome } from '../core/jobs/modelRun';
import { modelTagJob } from '../core/jobs/modelTagJob';
import { projectJob } from '../core/jobs/projectJob';
import { remoteTagJob, type RemoteTagOptions, type RemoteTagOutcome } from '../core/jobs/remoteTagJob';
import { tagJob } from '../core/jobs/tagJob';
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
  const models = await chooseJobModels(line, vocabulary, warn);
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
    const { index, outcome, used, sent } = remote
      ? await tagRemotely(context, { ...remote, retry })
      : await runStages(command, context, models, retry);
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
      models: remote && sent ? [usedRemote(remote, sent)] : usedModels(models, used),
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
  /** What became of the models, in the order in which they ran. */
  readonly used: readonly ModelOutcome[];
  /** What a remote provider has done, or null. */
  readonly sent: RemoteTagOutcome | null;
}

/** Nothing goes before a remote provider but the index: what it costs should buy its answers and nothing else. */
async function tagRemotely(context: JobContext, options: RemoteTagOptions): Promise<Stages> {
  const index = await indexJob(context, { exclude: [] }); // `files.exclude` is a setting of the editor
  if (index.cancelled) return { index, outcome: index, used: [], sent: null };
  const sent = await remoteTagJob(context, options);
  return { index, outcome: sent, used: [], sent };
}

async function runStages(
  command: JobCommandName,
  context: JobContext,
  { tagger, embedder }: JobModels,
  retry: Retry,
): Promise<Stages> {
  const exclude: string[] = []; // `files.exclude` is a setting of the editor
  if (command === 'run') {
    const outcome = await mainJob(context, { exclude, retry, tagger, embedder });
    return { index: outcome.index, outcome, used: outcome.models, sent: null };
  }
  const index = await indexJob(context, { exclude });
  const used: ModelOutcome[] = [];
  const withModel = async (outcome: Promise<ModelOutcome>) => {
    used.push(await outcome);
    return used.at(-1)!;
  };
  const embed = () =>
    embedder ? withModel(modelEmbedJob(context, { ...embedder, retry })) : embedJob(context, { embedder: EMBEDDER });
  const tag = () =>
    tagger
      ? withModel(modelTagJob(context, { ...tagger, retry }))
      : tagJob(context, { provider: BUILT_IN.provider, embedder: null, retry });
  const stages: Record<Exclude<JobCommandName, 'run'>, (() => Promise<JobOutcome>)[]> = {
    index: [],
    tag: [tag],
    embed: [embed],
    project: [embed, () => projectJob(context, { embedder: embedder?.model.name ?? EMBEDDER })],
  };
  let outcome: JobOutcome = index;
  for (const stage of stages[command]) {
    if (outcome.cancelled) break;
    outcome = await stage();
  }
  return { index, outcome, used, sent: null };
}

/** What models were used, on what. */
export function usedModels({ tagger, embedder }: JobModels, used: readonly ModelOutcome[]): UsedModelFacts[] {
  const asked = [tagger, embedder].flatMap((options) => (options ? [options] : []));
  return used.map(({ processed, device, fallback }, index) => {
    const { name, dtype } = asked[index].model;
    return { name, revision: asked[index].manifestRevision, dtype, device, fallback, processed };
  });
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
