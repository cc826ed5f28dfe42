import * as vscode from 'vscode';
import { WorkerClient } from './core/workerClient';
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
  const worker = new WorkerClient({
    script: vscode.Uri.joinPath(context.extensionUri, 'dist', 'worker.js').fsPath,
    log: (line) => log.info(line),
  });
  const services: HostServices = {
    registry,
    log,
    thumbnails: new Thumbnails(worker),
    runCommand: (name) => viewCommands[name](registry),
  };
  const panel = new PanelView(context, services);
  const runs = new Runs(worker, log, (session) => panel.show(session));
  context.subscriptions.push(
    log,
    registry,
    new vscode.Disposable(() => void worker.dispose()),
    ...registerCommands({ registry, runs, panel, log }),
    vscode.window.registerWebviewViewProvider(SidebarView.id, new SidebarView(context, services)),
    vscode.window.registerWebviewPanelSerializer(PanelView.id, panel),
    new FileWatcher(registry, worker, runs, log),
    followSettings(registry, log),
    followSnapshots(registry, log),
  );
}
