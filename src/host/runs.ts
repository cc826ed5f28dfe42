import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import type { JobContext, JobOutcome } from '../core/jobs/jobContext';
import type { WorkerPool } from '../core/workerPool';
import type { DatasetSession } from './datasetSession';
import { errorText } from './errorText';
import type { Log } from './log';
import { runJobs, type RunRequest } from './runJobs';
import type { RunResult } from './runResult';
import { outcomeWords } from './runWords';
import { ShownStatus, startingStatus, type Notification } from './shownStatus';

const TITLES: Record<RunRequest['kind'], string> = {
  autoTag: 'Auto-Tag',
  index: 'Index Folder',
  embedAndMap: 'Embed and Map',
};

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

  /** Whether any dataset has a run under way. */
  get isAnyRunning(): boolean {
    return this.running.size > 0;
  }

  /** Resolves when the run has ended, however it ended; its outcome was shown by then. */
  async start(session: DatasetSession, request: RunRequest): Promise<void> {
    if (await this.refusesSecond(session)) return;
    const controller = new AbortController();
    this.running.set(session.id, controller);
    try {
      await this.runWithProgress(session, request, controller);
    } finally {
      this.running.delete(session.id);
    }
  }

  /** Says so, and returns true, when a run of this dataset is under way. */
  async refusesSecond(session: DatasetSession): Promise<boolean> {
    if (!this.isRunning(session)) return false;
    await this.sayAlreadyRunning(session);
    return true;
  }

  private async sayAlreadyRunning(session: DatasetSession): Promise<void> {
    const running = session.run?.title ?? 'A run';
    const cancel = `Cancel ${running}`;
    const text = `DataVisor: ${running} is already running on ${session.name}. Wait for it, or cancel it first.`;
    if ((await vscode.window.showInformationMessage(text, cancel)) === cancel) this.cancel(session);
  }

  private async runWithProgress(
    session: DatasetSession,
    request: RunRequest,
    controller: AbortController,
  ): Promise<void> {
    const title = TITLES[request.kind];
    const shown = new ShownStatus(session, startingStatus(title, request.kind));
    try {
      const { outcome, share } = await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: `DataVisor: ${title} (${session.name})`,
          cancellable: true,
        },
        (notification, token) => {
          token.onCancellationRequested(() => controller.abort());
          return this.run(session, request, controller.signal, shown, notification);
        },
      );
      const message = outcomeWords(title, outcome, share);
      session.setRun({ ...shown.status, state: outcome.cancelled ? 'cancelled' : 'done', message });
      this.offerNext(session, outcome, message);
    } catch (error) {
      session.setRun({ ...shown.status, state: 'failed', message: errorText(error) });
      void this.log.show(title, error);
    }
  }

  private async run(
    session: DatasetSession,
    request: RunRequest,
    signal: AbortSignal,
    shown: ShownStatus,
    notification: Notification,
  ): Promise<RunResult> {
    shown.in(notification);
    try {
      const dataset = await session.openForWriting();
      const context = this.jobContext(dataset, signal, (progress) => shown.progress(progress));
      return await runJobs(request, session, context, shown);
    } finally {
      shown.dispose();
    }
  }

  private jobContext(dataset: Dataset, signal: AbortSignal, report: JobContext['report']): JobContext {
    const { first: worker, workers: analyzers } = this.pool;
    return { dataset, worker, analyzers, signal, report, log: (line) => this.log.info(line) };
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
