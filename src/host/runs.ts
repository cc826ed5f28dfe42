import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import { embedJob } from '../core/jobs/embedJob';
import { indexJob } from '../core/jobs/indexJob';
import type { JobContext, JobOutcome, JobProgress } from '../core/jobs/jobContext';
import { mainJob } from '../core/jobs/mainJob';
import { projectJob } from '../core/jobs/projectJob';
import type { WorkerPool } from '../core/workerPool';
import type { RunStatus } from '../protocol/viewApi';
import type { DatasetSession } from './datasetSession';
import { errorText } from './errorText';
import type { Log } from './log';
import { duration, plural } from './words';
import { excludedGlobs } from './settings';
import { Throttle } from './throttle';

export type RunKind = 'autoTag' | 'index' | 'embedAndMap';

const TITLES: Record<RunKind, string> = {
  autoTag: 'Auto-Tag',
  index: 'Index Folder',
  embedAndMap: 'Embed and Map',
};

const STAGES: Record<JobProgress['stage'], string> = {
  index: 'Indexing',
  tag: 'Tagging',
  embed: 'Embedding',
  project: 'Mapping',
};

const REPORT_INTERVAL_MS = 200;

/** Starts the jobs from the editor, one at a time for each dataset, each with a notification that can cancel it. */
export class Runs {
  private readonly running = new Map<string, AbortController>();

  constructor(
    private readonly pool: WorkerPool,
    private readonly log: Log,
    private readonly openPanel: (session: DatasetSession) => Promise<void>,
  ) {}

  isRunning(session: DatasetSession): boolean {
    return this.running.has(session.id);
  }

  cancel(session: DatasetSession): void {
    this.running.get(session.id)?.abort();
  }

  /** Resolves when the run has ended, however it ended; its outcome was shown by then. */
  async start(session: DatasetSession, kind: RunKind): Promise<void> {
    if (this.isRunning(session)) {
      await this.sayAlreadyRunning(session, kind);
      return;
    }
    const controller = new AbortController();
    this.running.set(session.id, controller);
    try {
      await this.runWithProgress(session, kind, controller);
    } finally {
      this.running.delete(session.id);
    }
  }

  private async sayAlreadyRunning(session: DatasetSession, kind: RunKind): Promise<void> {
    const running = session.run?.title ?? TITLES[kind];
    const cancel = `Cancel ${running}`;
    const text = `DataVisor: ${running} is already running on ${session.name}. Wait for it, or cancel it first.`;
    if ((await vscode.window.showInformationMessage(text, cancel)) === cancel) this.cancel(session);
  }

  private async runWithProgress(session: DatasetSession, kind: RunKind, controller: AbortController): Promise<void> {
    const title = TITLES[kind];
    let status = startingStatus(title, kind);
    try {
      const outcome = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: `DataVisor: ${title} (${session.name})`,
          cancellable: true,
        },
        async (notification, token) => {
          token.onCancellationRequested(() => controller.abort());
          let reported = 0;
          const show = new Throttle(REPORT_INTERVAL_MS, () => {
            const percent = status.total > 0 ? (100 * status.done) / status.total : 0;
            notification.report({ message: progressText(status), increment: percent - reported });
            reported = percent;
            session.setRun(status);
          });
          session.setRun(status);
          const report = (progress: JobProgress) => {
            if (progress.stage !== status.stage) {
              notification.report({ increment: -reported });
              reported = 0;
            }
            status = { ...status, ...progress };
            show.request();
          };
          try {
            const dataset = await session.openForWriting();
            return await this.runJob(kind, session, this.jobContext(dataset, controller.signal, report));
          } finally {
            show.dispose();
          }
        },
      );
      const message = outcomeText(title, outcome);
      session.setRun({ ...status, state: outcome.cancelled ? 'cancelled' : 'done', message });
      this.offerNext(session, outcome, message);
    } catch (error) {
      session.setRun({ ...status, state: 'failed', message: errorText(error) });
      void this.log.show(title, error);
    }
  }

  private jobContext(dataset: Dataset, signal: AbortSignal, report: JobContext['report']): JobContext {
    const { first: worker, workers: analyzers } = this.pool;
    return { dataset, worker, analyzers, signal, report, log: (line) => this.log.info(line) };
  }

  private async runJob(kind: RunKind, session: DatasetSession, context: JobContext): Promise<JobOutcome> {
    const exclude = excludedGlobs(session.uri);
    switch (kind) {
      case 'autoTag':
        return mainJob(context, { exclude });
      case 'index':
        return indexJob(context, { exclude });
      case 'embedAndMap': {
        const embedded = await embedJob(context, { embedder: 'visual-look' });
        if (embedded.cancelled) return embedded;
        const mapped = await projectJob(context, { embedder: 'visual-look' });
        return { ...embedded, cancelled: mapped.cancelled, seconds: embedded.seconds + mapped.seconds };
      }
    }
  }

  /** Not awaited by the run: a message stays until the person closes it. */
  private offerNext(session: DatasetSession, outcome: JobOutcome, message: string): void {
    const open = 'Open Dataset';
    const showFailures = 'Show Failures';
    const choices = outcome.failed.length > 0 ? [open, showFailures] : [open];
    const answered = vscode.window.showInformationMessage(`DataVisor: ${message}`, ...choices).then(async (choice) => {
      if (!choice) return;
      if (choice === showFailures) {
        await session.updateFilter((filter) => {
          filter.clear();
          filter.setPick('status', 'failed', true);
        });
      }
      await this.openPanel(session);
    });
    answered.then(undefined, (error: unknown) => this.log.error('After the run', error));
  }
}

function startingStatus(title: string, kind: RunKind): RunStatus {
  const stage = kind === 'embedAndMap' ? 'embed' : 'index';
  return { state: 'running', title, stage, done: 0, total: 0, failed: 0, rate: null, secondsLeft: null, message: null };
}

function progressText(status: RunStatus): string {
  const parts = [STAGES[status.stage]];
  if (status.total > 0) parts[0] += ` ${status.done.toLocaleString()} of ${status.total.toLocaleString()}`;
  else if (status.done > 0) parts[0] += ` ${status.done.toLocaleString()}`;
  if (status.rate !== null) parts.push(`${status.rate.toFixed(status.rate < 10 ? 1 : 0)}/s`);
  if (status.secondsLeft !== null) parts.push(`${duration(status.secondsLeft)} left`);
  if (status.failed > 0) parts.push(`${status.failed.toLocaleString()} failed`);
  return parts.join(' · ');
}

function outcomeText(title: string, outcome: JobOutcome): string {
  const failed = outcome.failed.length > 0 ? `, ${plural(outcome.failed.length, 'image')} failed` : '';
  if (outcome.cancelled) {
    return `${title} was cancelled. What was done by then is kept${failed}; run it again to go on.`;
  }
  if (outcome.total === 0)
    return `${title} found no images here. Choose a folder that holds JPEG, PNG or other images.`;
  return `${title} finished in ${duration(outcome.seconds)}: ${plural(outcome.total, 'image')}, ${outcome.processed.toLocaleString()} processed${failed}.`;
}
