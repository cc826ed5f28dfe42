import * as vscode from 'vscode';
import type { DatasetRegistry } from './datasetRegistry';
import type { Log } from './log';

const INTERVAL_MS = 5000;

/** Keeps datasets that another process is writing to up to date: their database cannot be watched, only looked at. */
export function followSnapshots(registry: DatasetRegistry, log: Log): vscode.Disposable {
  let refreshing = false;
  const timer = setInterval(() => {
    if (refreshing) return;
    refreshing = true;
    Promise.all(registry.all.map((session) => session.refresh()))
      .catch((error: unknown) => log.error('Refreshing a read-only dataset', error))
      .finally(() => (refreshing = false));
  }, INTERVAL_MS);
  return new vscode.Disposable(() => clearInterval(timer));
}
