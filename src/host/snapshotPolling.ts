import * as vscode from 'vscode';
import type { DatasetRegistry } from './datasetRegistry';
import type { Log } from './log';

const LEAST_DELAY_MS = 5000;
/** Looking again copies the database, so a large one is looked at less often: at most a twentieth of the time. */
const REST_FACTOR = 20;

/** Keeps datasets that another process is writing to up to date: their database cannot be watched, only looked at. */
export function followSnapshots(registry: DatasetRegistry, log: Log): vscode.Disposable {
  let timer: NodeJS.Timeout;
  let disposed = false;
  const refresh = async () => {
    const startedAt = performance.now();
    try {
      await Promise.all(registry.all.map((session) => session.refresh()));
    } catch (error) {
      log.error('Refreshing a read-only dataset', error);
    }
    if (!disposed) schedule(REST_FACTOR * (performance.now() - startedAt));
  };
  const schedule = (delayMs: number) => {
    timer = setTimeout(() => void refresh(), Math.max(LEAST_DELAY_MS, delayMs));
  };
  schedule(0);
  return new vscode.Disposable(() => {
    disposed = true;
    clearTimeout(timer);
  });
}
