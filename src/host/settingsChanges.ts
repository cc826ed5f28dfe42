import * as vscode from 'vscode';
import type { DatasetRegistry } from './datasetRegistry';
import type { Log } from './log';

/** Re-derives the tags of the open datasets when the policy or the vocabulary in the settings changes. */
export function followSettings(registry: DatasetRegistry, log: Log): vscode.Disposable {
  const apply = () => {
    for (const session of registry.all) {
      session.applySettings().catch((error: unknown) => log.error(`Applying the settings to ${session.name}`, error));
    }
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('datavisor')) apply();
      if (event.affectsConfiguration('datavisor.tagKeys')) registry.active?.refreshViews();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(apply), // a folder's own vocabulary counts from then on
  );
}
