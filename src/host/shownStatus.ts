import type * as vscode from 'vscode';
import type { JobProgress } from '../core/jobs/jobContext';
import type { RunStatus } from '../protocol/viewApi';
import type { DatasetSession } from './datasetSession';
import type { ModelWatch } from './models/modelSteps';
import { deviceWords } from './models/modelWords';
import type { RunRequest } from './runJobs';
import { progressWords } from './runWords';
import { Throttle } from './throttle';

export type Notification = vscode.Progress<{ message?: string; increment?: number }>;

const REPORT_INTERVAL_MS = 200;

/** The status of one run, shown in its notification and, through the session, in the views. */
export class ShownStatus implements ModelWatch {
  private notification: Notification | undefined;
  /** Why the model does not run as the setting asks for. */
  private note: string | null = null;
  /** Percent that the notification has drawn. */
  private drawn = 0;
  private readonly show = new Throttle(REPORT_INTERVAL_MS, () => this.draw());

  constructor(
    private readonly session: DatasetSession,
    public status: RunStatus,
  ) {}

  in(notification: Notification): void {
    this.notification = notification;
    this.session.setRun(this.status);
  }

  progress({ loaded, step, ...progress }: JobProgress): void {
    if (!loaded) this.change({ ...progress, step });
    else this.change({ ...progress, step, device: deviceWords(loaded.device), fallback: loaded.fallback ?? this.note });
  }

  begins(model: string, device: string, note: string | null): void {
    this.note = note;
    this.change({ model, device, fallback: note });
  }

  ends(): void {
    this.change({ model: null, device: null });
  }

  dispose(): void {
    this.show.dispose();
  }

  private change(change: Partial<RunStatus>): void {
    if (change.stage !== undefined && (change.stage !== this.status.stage || change.step !== this.status.step)) {
      this.notification?.report({ increment: -this.drawn });
      this.drawn = 0;
    }
    this.status = { ...this.status, ...change };
    this.show.request();
  }

  private draw(): void {
    const { status } = this;
    const percent = status.total > 0 ? (100 * status.done) / status.total : 0;
    this.notification?.report({ message: progressWords(status), increment: percent - this.drawn });
    this.drawn = percent;
    this.session.setRun(status);
  }
}

const FIRST_STAGE: Readonly<Record<RunRequest['kind'], RunStatus['stage']>> = {
  autoTag: 'index',
  index: 'index',
  embedAndMap: 'embed',
  layOutMap: 'project',
  findAlike: 'duplicates',
  retry: 'tag',
  tagNew: 'tag',
};

/** A run that has only just begun. */
export function startingStatus(title: string, kind: RunRequest['kind']): RunStatus {
  return {
    state: 'running',
    title,
    stage: FIRST_STAGE[kind],
    model: null,
    device: null,
    fallback: null,
    done: 0,
    total: 0,
    failed: 0,
    rate: null,
    secondsLeft: null,
    message: null,
  };
}
