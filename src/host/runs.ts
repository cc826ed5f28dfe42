import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import type { JobContext } from '../core/jobs/jobContext';
import type { WorkerPool } from '../core/workerPool';
import type { DatasetSession } from './datasetSession';
import { errorText } from './errorText';
import type { Log } from './log';
import { offerNext, type OpenPanel } from './offerNext';
import { runJobs, type RunRequest } from './runJobs';
import type { RunResult } from './runResult';
import { outcomeWords } from './runWords';
import { ShownStatus, startingStatus, type Notification } from './shownStatus';

const TITLES: Record<RunRequest['kind'], string> = {
  autoTag: 'Auto-Tag',
  index: 'Index Folder',
  embedAndMap: 'Embed and Map',
  layOutMap: 'Lay Out Map',
  findAlike: 'Find Near Duplicates by Embedding',
  retry: 'Retry Failed Images',
  tagNew: 'Tag New Images',
};

/** How a run that nobody waits for ended. `displaced`: a person started another one, which it gave way to. */
export type BackgroundEnd = 'ended' | 'cancelled' | 'displaced';

interface RunUnderWay {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  /** Gives way to one that a person starts. */
  readonly isBackground: boolean;
  isDisplaced: boolean;
}

/**
 * Does the jobs in the editor, one run at a time for each dataset: those that a person starts with a notification that
 * can cancel them, those of the background in the status bar.
 */
export class Runs implements vscode.Disposable {
  private readonly running = new Map<string, RunUnderWay>();
  private readonly end = new vscode.EventEmitter<DatasetSession>();
  /** Fires when a run has ended, however it ended. */
  readonly onDidEnd = this.end.event;

  constructor(
    private readonly pool: WorkerPool,
    private readonly log: Log,
    private readonly openPanel: OpenPanel,
  ) {}

  dispose(): void {
    this.end.dispose();
  }

  isRunning(session: DatasetSession): boolean {
    return this.running.has(session.id);
  }

  cancel(session: DatasetSession): void {
    this.running.get(session.id)?.controller.abort();
  }

  /** Ends the run of this dataset if it is one of the background. */
  cancelBackground(session: DatasetSession): void {
    if (this.running.get(session.id)?.isBackground) this.cancel(session);
  }

  /** Whether any dataset has a run under way. */
  get isAnyRunning(): boolean {
    return this.running.size > 0;
  }

  /** Resolves when the run has ended, however it ended; its outcome was shown by then. */
  async start(session: DatasetSession, request: RunRequest): Promise<void> {
    for (;;) {
      if (await this.refusesSecond(session)) return;
      const background = this.running.get(session.id);
      if (!background) break;
      background.isDisplaced = true;
      background.controller.abort();
      await background.ended;
    }
    await this.underWay(session, false, (run) => this.runWithNotification(session, request, run.controller));
  }

  /** The same without a notification, and where nothing else is under way: else it counts as displaced. */
  async startInBackground(session: DatasetSession, request: RunRequest): Promise<BackgroundEnd> {
    if (this.isAnyRunning) return 'displaced';
    return this.underWay(session, true, async (run) => {
      await this.runInStatusBar(session, request, run.controller.signal);
      if (run.isDisplaced) return 'displaced';
      return run.controller.signal.aborted ? 'cancelled' : 'ended';
    });
  }

  /** Says so, and returns true, when a run that a person started is under way. */
  async refusesSecond(session: DatasetSession): Promise<boolean> {
    const run = this.running.get(session.id);
    if (!run || run.isBackground) return false;
    await this.sayAlreadyRunning(session);
    return true;
  }

  private async underWay<T>(
    session: DatasetSession,
    isBackground: boolean,
    work: (run: RunUnderWay) => Promise<T>,
  ): Promise<T> {
    let hasEnded = () => {};
    const ended = new Promise<void>((resolve) => {
      hasEnded = resolve;
    });
    const run = { controller: new AbortController(), ended, isBackground, isDisplaced: false };
    this.running.set(session.id, run);
    try {
      return await work(run);
    } finally {
      this.running.delete(session.id);
      hasEnded();
      this.end.fire(session);
    }
  }

  private async sayAlreadyRunning(session: DatasetSession): Promise<void> {
    const running = session.run?.title ?? 'A run';
    const cancel = `Cancel ${running}`;
    const text = `DataVisor: ${running} is already running on ${session.name}. Wait for it, or cancel it first.`;
    if ((await vscode.window.showInformationMessage(text, cancel)) === cancel) this.cancel(session);
  }

  private async runWithNotification(
    session: DatasetSession,
    request: RunRequest,
    controller: AbortController,
  ): Promise<void> {
    const title = TITLES[request.kind];
    const shown = new ShownStatus(session, startingStatus(title, request.kind));
    try {
      const result = await vscode.window.withProgress(
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
      const message = this.showEnd(session, title, shown, result);
      // Not awaited by the run: the message stays until the person closes it.
      offerNext(session, result.outcome, message, this.openPanel).catch((error: unknown) => {
        this.log.error('After the run', error);
      });
    } catch (error) {
      session.setRun({ ...shown.status, state: 'failed', message: errorText(error) });
      void this.log.show(title, error);
    }
  }

  /** A failure is told in the views and in the log: nobody waits for it. */
  private async runInStatusBar(session: DatasetSession, request: RunRequest, signal: AbortSignal): Promise<void> {
    const title = TITLES[request.kind];
    const shown = new ShownStatus(session, startingStatus(title, request.kind));
    try {
      const result = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: `DataVisor: ${title} (${session.name})` },
        (bar) => this.run(session, request, signal, shown, bar),
      );
      this.showEnd(session, title, shown, result);
    } catch (error) {
      session.setRun({ ...shown.status, state: 'failed', message: errorText(error) });
      this.log.error(title, error);
    }
  }

  private showEnd(session: DatasetSession, title: string, shown: ShownStatus, { outcome, shares }: RunResult): string {
    const message = outcomeWords(title, outcome, shares);
    session.setRun({ ...shown.status, state: outcome.cancelled ? 'cancelled' : 'done', message });
    return message;
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
}
