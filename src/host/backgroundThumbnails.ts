import * as vscode from 'vscode';
import type { Dataset } from '../core/dataset';
import { makeThumbnails } from '../core/jobs/makeThumbnails';
import { ThumbnailFill } from '../core/thumbnailFill';
import type { WorkerClient } from '../core/workerClient';
import type { DatasetRegistry } from './datasetRegistry';
import { IdleWork } from './idleWork';
import type { Log } from './log';
import type { PanelView } from './panelView';
import type { Runs } from './runs';
import { makesThumbnailsAhead } from './settings';

export interface BackgroundThumbnailServices {
  readonly registry: DatasetRegistry;
  readonly runs: Runs;
  readonly panel: PanelView;
  /** One of its own, so that nobody's request waits behind it. */
  readonly worker: WorkerClient;
  readonly log: Log;
}

/**
 * Makes the missing thumbnails of the dataset that the panel shows, while nothing else is to be done, so that scrolling
 * there later shows images at once. It gives way to every run and to every look at images; failures are logged alone.
 */
export class BackgroundThumbnails implements vscode.Disposable {
  private readonly fills = new WeakMap<Dataset, ThumbnailFill>();
  private readonly idle: IdleWork<Dataset>;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly services: BackgroundThumbnailServices) {
    const { registry, runs, panel, log } = services;
    this.idle = new IdleWork({
      clock: { now: () => Date.now(), setTimeout, clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout) },
      target: () => this.target,
      step: (dataset, signal) => this.fillOf(dataset).step(signal),
      onFailure: (dataset, error) => log.error(`Making thumbnails of ${dataset.location.folder}`, error),
    });
    const look = () => this.idle.look();
    this.subscriptions = [
      registry.onDidChange(look),
      runs.onDidEnd(look),
      panel.onDidChangeVisibility(look),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('datavisor.backgroundThumbnails')) look();
      }),
    ];
  }

  /** A person looks at images, or has thumbnails made. */
  giveWay(): void {
    this.idle.giveWay();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.idle.dispose();
  }

  /** Only a dataset that this window writes to: another process that does makes the thumbnails itself. */
  private get target(): Dataset | null {
    const { registry, runs, panel } = this.services;
    if (!panel.isVisible || runs.isAnyRunning || !makesThumbnailsAhead()) return null;
    const dataset = registry.active?.dataset;
    return dataset?.readOnly === null ? dataset : null;
  }

  private fillOf(dataset: Dataset): ThumbnailFill {
    const known = this.fills.get(dataset);
    if (known) return known;
    const { worker, log } = this.services;
    const fill = new ThumbnailFill(
      dataset,
      (samples, signal) => makeThumbnails(worker, dataset.location, samples, signal),
      (failures, tried) =>
        log.info(`${failures.length} of ${tried} thumbnails could not be made, such as: ${failures[0].message}`),
    );
    this.fills.set(dataset, fill);
    return fill;
  }
}
