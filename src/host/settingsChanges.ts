import * as vscode from 'vscode';
import type { DatasetRegistry } from './datasetRegistry';
import type { Log } from './log';

/** Re-derives the tags of the open datasets when the policy or the vocabulary in the settings changes. */
export function followSettings(registry: DatasetRegistry, log: Log): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration('datavisor')) return;
    for (const session of registry.all) {
      session.applySettings().catch((error: unknown) => log.error(`Applying the settings to ${session.name}`, error));
    }
  });
}
