import * as vscode from 'vscode';
import { WorkerPool } from './core/workerPool';
import { registerCommands } from './host/commands';
import { DatasetRegistry } from './host/datasetRegistry';
import { FileWatcher } from './host/fileWatcher';
import { HostState } from './host/hostState';
import type { HostServices } from './host/hostHandlers';
import { Log } from './host/log';
import { ModelChoices } from './host/models/modelChoices';
import { ModelDevices } from './host/models/modelDevices';
import { ModelDownloads } from './host/models/modelDownloads';
import { ModelRates } from './host/models/modelRates';
import { ModelReadiness } from './host/models/modelReadiness';
import { ModelShelf } from './host/models/modelShelf';
import { ModelsPanel } from './host/models/modelsPanel';
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
  const choices = new ModelChoices(context.workspaceState);
  const shelf = new ModelShelf(context, log);
  const downloads = new ModelDownloads(shelf, log);
  const readiness = new ModelReadiness(shelf, downloads, new ModelDevices(context, log));
  const state = new HostState(registry, choices, shelf, downloads);
  const services: HostServices = {
    registry,
    log,
    choices,
    readiness,
    thumbnails: new Thumbnails(pool.first),
    onDidChange: state.onDidChange,
    state: () => state.forViews,
    runCommand: (name) => viewCommands[name](registry),
  };
  const panel = new PanelView(context, services);
  const modelsPanel = new ModelsPanel(context, services);
  const runs = new Runs(pool, log, (session) => panel.show(session));
  const rates = new ModelRates(context.globalState, pool.first);
  const isBusy = () => runs.isAnyRunning;
  context.subscriptions.push(
    log,
    registry,
    new vscode.Disposable(() => void pool.dispose()),
    ...[choices, shelf, downloads, state],
    ...registerCommands({ registry, runs, panel, modelsPanel, choices, readiness, rates, log, isBusy }),
    vscode.window.registerWebviewViewProvider(SidebarView.id, new SidebarView(context, services)),
    vscode.window.registerWebviewPanelSerializer(PanelView.id, panel),
    new FileWatcher(registry, pool.first, runs, log),
    followSettings(registry, log),
    followSnapshots(registry, log),
  );
}
