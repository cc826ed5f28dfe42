import * as vscode from 'vscode';
import type { ModelManifest } from '../../protocol/modelManifest';
import { UserError } from '../../protocol/userError';
import type { ModelDownload } from '../../protocol/viewApi';
import type { Log } from '../log';
import { Throttle } from '../throttle';
import { byteSize } from '../../protocol/byteSize';
import { DownloadRate } from './downloadRate';
import type { ModelShelf } from './modelShelf';
import type { DeviceKind } from './modelVariant';
import { downloadWords } from './modelWords';
import { showOfflineHelp } from './offlineHelp';

const REPORT_INTERVAL_MS = 200;

interface Running {
  readonly controller: AbortController;
  readonly ended: Promise<boolean>;
  progress: ModelDownload;
}

/** Downloads of models: asked for once, shown in a notification, paused by its Cancel, gone on with later. */
export class ModelDownloads implements vscode.Disposable {
  private readonly running = new Map<string, Running>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly shelf: ModelShelf,
    private readonly log: Log,
  ) {}

  get all(): ModelDownload[] {
    return [...this.running.values()].map(({ progress }) => progress);
  }

  /** Keeps what has come; `start` goes on from there. */
  pause(name: string): void {
    this.running.get(name)?.controller.abort();
  }

  /**
   * Downloads a model, or joins its download. Whoever calls has the person's consent. Resolves to whether it is on
   * disk now; why it is not was shown by then.
   */
  start(manifest: ModelManifest, device: DeviceKind, totalBytes: number): Promise<boolean> {
    const known = this.running.get(manifest.name);
    if (known) return known.ended;
    const controller = new AbortController();
    const { name } = manifest;
    const progress = { name, receivedBytes: 0, totalBytes, bytesPerSecond: null };
    const ended = this.run(manifest, device, controller).finally(() => {
      this.running.delete(name);
      this.changed.fire();
    });
    this.running.set(name, { controller, ended, progress });
    this.changed.fire();
    return ended;
  }

  dispose(): void {
    for (const { controller } of this.running.values()) controller.abort();
    this.changed.dispose();
  }

  private async run(manifest: ModelManifest, device: DeviceKind, controller: AbortController): Promise<boolean> {
    await Promise.resolve(); // `running` has it from here on
    try {
      await vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: `DataVisor: Downloading ${manifest.title} (Cancel pauses)`,
          cancellable: true,
        },
        (notification, token) => this.transfer(manifest, device, controller, notification, token),
      );
      return true;
    } catch (error) {
      if (controller.signal.aborted) this.sayPaused(manifest, device);
      else void this.showFailure(manifest, device, error);
      return false;
    }
  }

  private async transfer(
    { name }: ModelManifest,
    device: DeviceKind,
    controller: AbortController,
    notification: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<void> {
    token.onCancellationRequested(() => controller.abort());
    const rate = new DownloadRate();
    let shown = 0;
    const show = new Throttle(REPORT_INTERVAL_MS, () => {
      const progress = this.running.get(name)?.progress;
      if (!progress) return;
      const { receivedBytes, totalBytes, bytesPerSecond } = progress;
      const percent = totalBytes > 0 ? (100 * receivedBytes) / totalBytes : 0;
      const message = downloadWords(receivedBytes, totalBytes, bytesPerSecond);
      notification.report({ message, increment: Math.max(0, percent - shown) });
      shown = Math.max(shown, percent);
      this.changed.fire();
    });
    try {
      await this.shelf.download(name, device, controller.signal, ({ receivedBytes, totalBytes }) => {
        const entry = this.running.get(name);
        if (!entry) return;
        const bytesPerSecond = rate.add(receivedBytes, performance.now());
        entry.progress = { name, receivedBytes, totalBytes: Math.max(totalBytes, receivedBytes), bytesPerSecond };
        show.request();
      });
    } finally {
      show.dispose();
    }
  }

  private sayPaused(manifest: ModelManifest, device: DeviceKind): void {
    const { receivedBytes, totalBytes } = this.running.get(manifest.name)!.progress;
    const text = `DataVisor: The download of ${manifest.title} is paused at ${byteSize(receivedBytes)} of ${byteSize(totalBytes)}.`;
    const resume = 'Resume';
    void vscode.window.showInformationMessage(text, resume).then((choice) => {
      if (choice === resume) void this.start(manifest, device, totalBytes);
    });
  }

  private async showFailure(manifest: ModelManifest, device: DeviceKind, error: unknown): Promise<void> {
    const title = `Downloading ${manifest.title}`;
    const totalBytes = this.running.get(manifest.name)?.progress.totalBytes ?? 0;
    if (!(error instanceof UserError)) return this.log.show(title, error);
    this.log.error(title, error);
    const again = 'Try Again';
    const offline = 'Without Network…';
    const choice = await vscode.window.showErrorMessage(`DataVisor: ${error.message}`, again, offline);
    if (choice === again) await this.start(manifest, device, totalBytes);
    else if (choice === offline) await showOfflineHelp(manifest, device, this.shelf.folder);
  }
}
