import * as vscode from 'vscode';
import { SimilaritySearch } from '../core/similaritySearch';
import { WorkerClient } from '../core/workerClient';
import { WorkerPool } from '../core/workerPool';
import { BackgroundThumbnails } from './backgroundThumbnails';
import { BackgroundTagging } from './backgroundTagging';
import type { CommandId } from './contributed';
import { runCommand } from './commands';
import { DatasetRegistry } from './datasetRegistry';
import { FileWatcher } from './fileWatcher';
import { HostState } from './hostState';
import type { HostServices } from './hostServices';
import { Log } from './log';
import { ModelChoices } from './models/modelChoices';
import { ModelDevices } from './models/modelDevices';
import { ModelDownloads } from './models/modelDownloads';
import { ModelRates } from './models/modelRates';
import { ModelReadiness } from './models/modelReadiness';
import { ModelShelf } from './models/modelShelf';
import { ModelTrials } from './models/modelTrials';
import { ModelsPanel } from './models/modelsPanel';
import { PanelView } from './panelView';
import { RemoteProviders } from './remote/remoteProviders';
import { retryFailed } from './retryFailed';
import { Runs } from './runs';
import { ShownTab } from './shownTab';
import { SidebarView } from './sidebarView';
import { followSettings } from './settingsChanges';
import { followSnapshots } from './snapshotPolling';
import { Thumbnails } from './thumbnails';
import { viewCommands } from './viewCommands';

/** How long the vectors of a large dataset stay in memory after somebody looked for similar images. */
const INDEX_KEPT_MS = 600_000;

/** What VS Code may ask for. */
export interface Host {
  readonly sidebar: vscode.WebviewViewProvider;
  readonly panel: vscode.WebviewPanelSerializer;
  runCommand(id: CommandId, argument: unknown): Promise<void>;
}

/** Builds and wires everything; nothing native is loaded here, nor is any file read. */
export function startHost(context: vscode.ExtensionContext): Host {
  const log = new Log();
  const registry = new DatasetRegistry(context, log);
  const workerOptions = {
    script: vscode.Uri.joinPath(context.extensionUri, 'dist', 'worker.js').fsPath,
    log: (line: string) => log.info(line),
  };
  const pool = new WorkerPool(workerOptions);
  const choices = new ModelChoices(context.workspaceState);
  const shelf = new ModelShelf(context, log, () => ({
    isTrusted: vscode.workspace.isTrusted,
    folders: registry.all.map(({ uri }) => uri.fsPath),
  }));
  const downloads = new ModelDownloads(shelf, log);
  const readiness = new ModelReadiness(shelf, downloads, new ModelDevices(context, log));
  const remote = new RemoteProviders(context, log);
  const shownTab = new ShownTab();
  const runs = new Runs(pool, log, (session, tab) => panel.show(session, tab));
  const isBusy = () => runs.isAnyRunning;
  const trials = new ModelTrials({ worker: pool.first, registry, readiness, isBusy });
  const searcher = new WorkerClient({ ...workerOptions, idleMs: INDEX_KEPT_MS });
  // Two threads: as much as it may take of a machine that others work on.
  const idleWorker = new WorkerClient({ ...workerOptions, lowPriority: true, env: { UV_THREADPOOL_SIZE: '2' } });
  const similarity = new SimilaritySearch(searcher);
  const state = new HostState(registry, choices, shelf, downloads, shownTab, trials);
  const services: HostServices = {
    registry,
    log,
    choices,
    readiness,
    trials,
    remote,
    thumbnails: new Thumbnails(pool.first, () => backgroundThumbnails.giveWay()),
    similarity,
    onDidChange: state.onDidChange,
    state: () => state.forViews,
    retryFailed: (session, provider) => retryFailed({ runs, readiness, remote }, session, provider),
    layOutMap: (session, embedder, settings) => void runs.start(session, { kind: 'layOutMap', embedder, settings }),
    runCommand: (name) => viewCommands[name](registry),
  };
  const panel = new PanelView(context, services, shownTab);
  const backgroundThumbnails = new BackgroundThumbnails({ registry, runs, panel, worker: idleWorker, log });
  const modelsPanel = new ModelsPanel(context, services);
  const rates = new ModelRates(context.globalState, pool.first);
  const background = new BackgroundTagging({ registry, runs, choices, readiness, remote, log });
  const commands = {
    ...{ worker: pool.first, similarity, registry, runs, panel, modelsPanel },
    ...{ choices, readiness, remote, rates, trials, log, isBusy },
  };
  context.subscriptions.push(
    log,
    registry,
    new vscode.Disposable(() => void pool.dispose()),
    new vscode.Disposable(() => void searcher.dispose()),
    new vscode.Disposable(() => void idleWorker.dispose()),
    ...[choices, shelf, downloads, shownTab, trials, state],
    vscode.workspace.onDidGrantWorkspaceTrust(() => shelf.lookAgain()), // its own models count from then on
    runs,
    background,
    backgroundThumbnails,
    new FileWatcher(registry, pool.first, runs, log, (session, ids) => background.note(session, ids)),
    followSettings(registry, log),
    followSnapshots(registry, log),
  );
  return {
    sidebar: new SidebarView(context, services),
    panel,
    runCommand: (id, argument) => runCommand(commands, id, argument),
  };
}
