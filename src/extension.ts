import * as vscode from 'vscode';
import { WorkerPool } from './core/workerPool';
import { registerCommands } from './host/commands';
import { DatasetRegistry } from './host/datasetRegistry';
import { FileWatcher } from './host/fileWatcher';
import type { HostServices } from './host/hostHandlers';
import { Log } from './host/log';
import { PanelView } from './host/panelView';
import { Runs } from './host/runs';
import { SidebarView } from './host/sidebarView';
import { followSettings } from './host/settingsChanges';
import { followSnapshots } from './host/snapshotPolling';
import { Thumbnails } from './host/thumbnails';
import { viewCommands } from './host/viewCommands';

/** Builds and wires everything; nothing native is loaded here, nor is any file read. */
export function activate(context: vscode.ExtensionContext): void {
  const log = new Log();
  const registry = new DatasetRegistry(context, log);
  const pool = new WorkerPool({
    script: vscode.Uri.joinPath(context.extensionUri, 'dist', 'worker.js').fsPath,
    log: (line) => log.info(line),
  });
  const services: HostServices = {
    registry,
    log,
    thumbnails: new Thumbnails(pool.first),
    runCommand: (name) => viewCommands[name](registry),
  };
  const panel = new PanelView(context, services);
  const runs = new Runs(pool, log, (session) => panel.show(session));
  context.subscriptions.push(
    log,
    registry,
    new vscode.Disposable(() => void pool.dispose()),
    ...registerCommands({ registry, runs, panel, log }),
    vscode.window.registerWebviewViewProvider(SidebarView.id, new SidebarView(context, services)),
    vscode.window.registerWebviewPanelSerializer(PanelView.id, panel),
    new FileWatcher(registry, pool.first, runs, log),
    followSettings(registry, log),
    followSnapshots(registry, log),
  );
}
