import path from 'node:path';
import * as vscode from 'vscode';
import { indexPathsJob } from '../core/jobs/indexPathsJob';
import type { WorkerClient } from '../core/workerClient';
import type { DatasetRegistry } from './datasetRegistry';
import type { DatasetSession } from './datasetSession';
import type { Log } from './log';
import type { Runs } from './runs';
import { excludedGlobs, watchesFiles } from './settings';

/** A burst of changes (a copy of many files, a branch switch) is taken in as one. */
const SETTLE_MS = 500;

/** Picks up new, changed and vanished files of the datasets that are open, and tells of samples that are new or changed. */
export class FileWatcher implements vscode.Disposable {
  private readonly watched = new Map<string, WatchedFolder>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly registry: DatasetRegistry,
    private readonly worker: WorkerClient,
    private readonly runs: Runs,
    private readonly log: Log,
    private readonly onFresh: (session: DatasetSession, ids: readonly number[]) => void,
  ) {
    this.subscription = registry.onDidChange(() => this.follow());
  }

  dispose(): void {
    this.subscription.dispose();
    for (const folder of this.watched.values()) folder.dispose();
    this.watched.clear();
  }

  private follow(): void {
    const watching = watchesFiles();
    for (const session of this.registry.all) {
      const wanted = watching && session.dataset?.readOnly === null;
      const folder = this.watched.get(session.id);
      if (wanted && !folder) {
        this.watched.set(session.id, new WatchedFolder(session, this.worker, this.runs, this.log, this.onFresh));
      } else if (!wanted && folder) {
        folder.dispose();
        this.watched.delete(session.id);
      }
    }
  }
}

class WatchedFolder implements vscode.Disposable {
  private readonly changed = new Set<string>();
  private readonly disposed = new AbortController();
  private readonly subscriptions: vscode.Disposable[] = [];
  private timer: NodeJS.Timeout | undefined;
  private working = false;

  constructor(
    private readonly session: DatasetSession,
    private readonly worker: WorkerClient,
    private readonly runs: Runs,
    private readonly log: Log,
    private readonly onFresh: (session: DatasetSession, ids: readonly number[]) => void,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(session.uri, '**/*'));
    const note = (uri: vscode.Uri) => this.note(uri.fsPath);
    this.subscriptions.push(watcher, watcher.onDidCreate(note), watcher.onDidChange(note), watcher.onDidDelete(note));
  }

  dispose(): void {
    this.disposed.abort();
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private note(file: string): void {
    const [first] = path.relative(this.session.uri.fsPath, file).split(path.sep);
    if (first === '.datavisor') return; // our own writes
    this.changed.add(file);
    this.schedule();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.takeIn(), SETTLE_MS);
  }

  private async takeIn(): Promise<void> {
    const { session } = this;
    const { dataset } = session;
    if (this.disposed.signal.aborted || dataset?.readOnly !== null || this.changed.size === 0) return;
    if (this.working || this.runs.isRunning(session)) {
      this.schedule();
      return;
    }
    this.working = true;
    const paths = [...this.changed];
    this.changed.clear();
    try {
      const log = (line: string) => this.log.info(line);
      const context = { dataset, worker: this.worker, signal: this.disposed.signal, report: () => undefined, log };
      const { fresh } = await indexPathsJob(context, { paths, exclude: excludedGlobs(session.uri) });
      this.onFresh(session, fresh);
    } catch (error) {
      this.log.error(`Taking in changes of ${session.name}`, error);
    } finally {
      this.working = false;
    }
  }
}
