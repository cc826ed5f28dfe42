import { access } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Dataset, SampleRecord } from '../core/dataset';
import { thumbnailPath } from '../core/thumbnailPath';
import type { WorkerClient } from '../core/workerClient';

/** Finds thumbnails in the cache and has the worker make those that are not there yet. */
export class Thumbnails {
  /** Paths seen on disk, so that scrolling back asks the file system no more. */
  private readonly known = new Set<string>();

  /** @param onAsk somebody looks at images */
  constructor(
    private readonly worker: WorkerClient,
    private readonly onAsk: () => void,
  ) {}

  /** The cached thumbnail as a webview URI, or null. */
  async find(dataset: Dataset, sample: SampleRecord, webview: vscode.Webview): Promise<string | null> {
    this.onAsk();
    const file = thumbnailPath(dataset.location, sample);
    if (!this.known.has(file)) {
      try {
        await access(file);
      } catch {
        return null; // not made yet: an answer, not a failure
      }
      this.known.add(file);
    }
    return webview.asWebviewUri(vscode.Uri.file(file)).toString();
  }

  /** Makes the thumbnails these samples lack; null where the image cannot be read or decoded. */
  async make(
    dataset: Dataset,
    samples: readonly SampleRecord[],
    webview: vscode.Webview,
    signal: AbortSignal,
  ): Promise<{ id: number; uri: string | null }[]> {
    const found = await Promise.all(samples.map((sample) => this.find(dataset, sample, webview)));
    const lacking = samples.filter((sample, i) => found[i] === null && !sample.missing && sample.status !== 'failed');
    const items = lacking.map((sample) => ({
      id: sample.id,
      path: path.join(dataset.location.folder, sample.path),
      thumbnail: thumbnailPath(dataset.location, sample),
    }));
    if (items.length > 0) await this.worker.call('analyze', { items, provider: null, embedder: null }, { signal });
    return Promise.all(
      samples.map(async (sample, i) => ({
        id: sample.id,
        uri: found[i] ?? (await this.find(dataset, sample, webview)),
      })),
    );
  }
}
