import { join } from 'node:path';
import { Dataset } from '../core/dataset';
import { locateDataset } from '../core/datasetLocation';
import { embedJob } from '../core/jobs/embedJob';
import { indexJob, type IndexOutcome } from '../core/jobs/indexJob';
import type { JobContext, JobOutcome } from '../core/jobs/jobContext';
import { mainJob } from '../core/jobs/mainJob';
import { projectJob } from '../core/jobs/projectJob';
import { tagJob } from '../core/jobs/tagJob';
import { NO_FILTER } from '../core/sampleFilter';
import { WorkerPool } from '../core/workerPool';
import type { CommandResult } from './commandResult';
import { jobText } from './jobText';
import type { CommandLine, JobCommandName } from './parseArguments';
import type { ProgressBar } from './progressBar';
import { userDataFolder } from './userDataFolder';

const EMBEDDER = 'visual-look';

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
  const dataset = await Dataset.open(location, { access: 'write' });
  const pool = new WorkerPool({
    script: join(__dirname, 'worker.js'),
    log: (text) => {
      if (line.verbose || !text.startsWith('worker: ')) bar.message(text);
    },
  });
  const warnings: string[] = [];
  const context: JobContext = {
    dataset,
    worker: pool.first,
    analyzers: pool.workers,
    signal,
    report: (progress) => bar.show(progress),
    log: (text) => {
      warnings.push(text);
      bar.message(text);
    },
  };
  try {
    const { index, outcome } = await runStages(command, context, line.retryFailed ? 'all-failed' : 'unreadable');
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
      tags: await dataset.tagCounts(),
    };
    const { added, changed, moved, missing, found } = index;
    const facets = command === 'index' ? null : await dataset.facets(NO_FILTER);
    return {
      json: { ...facts, counts, index: { added, changed, moved, missing, found }, warnings },
      text: jobText({ ...facts, counts, index, facets }),
      cancelled: outcome.cancelled,
    };
  } finally {
    bar.clear();
    await pool.dispose();
    await dataset.close();
  }
}

async function runStages(
  command: JobCommandName,
  context: JobContext,
  retry: 'unreadable' | 'all-failed',
): Promise<{ index: IndexOutcome; outcome: JobOutcome }> {
  const exclude: string[] = []; // `files.exclude` is a setting of the editor
  if (command === 'run') {
    const outcome = await mainJob(context, { exclude, retry });
    return { index: outcome.index, outcome };
  }
  const index = await indexJob(context, { exclude });
  const embed = () => embedJob(context, { embedder: EMBEDDER });
  const stages: Record<Exclude<JobCommandName, 'run'>, (() => Promise<JobOutcome>)[]> = {
    index: [],
    tag: [() => tagJob(context, { provider: 'builtin', embedder: null, retry })],
    embed: [embed],
    project: [embed, () => projectJob(context, { embedder: EMBEDDER })],
  };
  let outcome: JobOutcome = index;
  for (const stage of stages[command]) {
    if (outcome.cancelled) break;
    outcome = await stage();
  }
  return { index, outcome };
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
