import * as vscode from 'vscode';
import type { PanelTabName } from '../protocol/viewApi';
import type { CommandServices } from './commandServices';
import type { CommandId } from './contributed';
import type { DatasetRegistry } from './datasetRegistry';
import type { DatasetSession } from './datasetSession';
import { chooseEmbedder } from './models/chooseEmbedder';
import { chooseOwnModel } from './models/chooseOwnModel';
import { chooseProvider } from './models/chooseProvider';
import { BUILTIN, VISUAL_LOOK } from './models/builtinModels';
import { askForHubToken } from './models/hubToken';
import { setApiKey } from './remote/setApiKey';
import { withdrawConsents } from './remote/withdrawConsents';
import type { ReadyProvider } from './runJobs';
import { findAlike } from './findAlike';
import { findSimilarCommand } from './findSimilarCommand';
import { refitMap } from './refitMap';
import { searchByText } from './searchByText';
import { addTagCommand, exportDecisionsCommand, stepInHistory } from './tagCommands';

/** `argument`: what a key binding or a menu gives along; the explorer's context menu gives the folder. */
type Command = (services: CommandServices, folder: vscode.Uri | undefined, argument: unknown) => Promise<void>;

/** Every command of the extension. */
const COMMANDS: Record<CommandId, Command> = {
  'datavisor.autoTag': autoTag,
  'datavisor.indexFolder': async (services, folder) => {
    const session = await prepareRun(services, folder);
    if (session) await services.runs.start(session, { kind: 'index' });
  },
  'datavisor.embedAndMap': embedAndMap,
  'datavisor.refitMap': async (services, folder) => {
    const session = await prepareRun(services, folder);
    if (session) await refitMap(services, session);
  },
  'datavisor.openDataset': async (services, folder) => {
    const session = await chooseDataset(services.registry, folder);
    if (session) await services.panel.show(session);
  },
  'datavisor.searchByText': async (services, folder, argument) => {
    const session = await chooseDataset(services.registry, folder);
    if (!session) return;
    await services.registry.setActive(session);
    const found = await searchByText(services, session, typeof argument === 'string' ? argument : undefined);
    if (found) await services.panel.show(session);
  },
  'datavisor.findSimilar': findSimilarCommand,
  'datavisor.findAlike': async (services, folder) => {
    const session = await prepareRun(services, folder);
    if (session) await findAlike(services, session);
  },
  'datavisor.cancel': async ({ registry, runs }) => {
    const running = registry.all.filter((session) => runs.isRunning(session));
    for (const session of running) runs.cancel(session);
    if (running.length === 0) await vscode.window.showInformationMessage('DataVisor: nothing is running.');
  },
  'datavisor.chooseProvider': async (services, _folder, argument) => {
    // A key binding may name the provider: nobody is asked then.
    if (typeof argument === 'string') await setProvider(services, argument);
    else await chooseProvider(services, services.registry.active);
  },
  'datavisor.manageModels': async ({ modelsPanel }) => modelsPanel.show(),
  'datavisor.tryOwnModel': async (services, _folder, argument) => {
    // A key binding may name the model.
    const name = typeof argument === 'string' ? argument : await chooseOwnModel(services.readiness.shelf);
    if (name === null) return;
    services.modelsPanel.show();
    services.trials.ask(name);
  },
  'datavisor.setHubToken': ({ readiness }) => askForHubToken(readiness.shelf),
  'datavisor.setApiKey': ({ remote, choices }) => setApiKey(remote, choices.providers),
  'datavisor.withdrawConsent': async (services, folder) => {
    const session = await chooseDataset(services.registry, folder);
    if (session) await withdrawConsents(session, services.runs);
  },
  'datavisor.review': showTab('review'),
  'datavisor.showDuplicates': showTab('duplicates'),
  'datavisor.showQuality': showTab('quality'),
  'datavisor.manageTags': showTab('tags'),
  'datavisor.editPolicy': showTab('policy'),
  'datavisor.showRuns': showTab('runs'),
  // A key binding may name the tag.
  'datavisor.addTag': (services, _folder, argument) =>
    addTagCommand(services, typeof argument === 'string' ? argument : undefined),
  'datavisor.undo': (services) => stepInHistory(services, 'undo'),
  'datavisor.redo': (services) => stepInHistory(services, 'redo'),
  'datavisor.exportDecisions': exportDecisionsCommand,
};

/** Shows a part of the panel, for the dataset that is shown already where there is one. */
function showTab(tab: PanelTabName): Command {
  return async (services, folder) => {
    const session = folder ? await services.registry.ensure(folder) : services.registry.active;
    const chosen = session ?? (await chooseDataset(services.registry, undefined));
    if (chosen) await services.panel.show(chosen, tab);
  };
}

/** Runs a command; a failure is shown, never lost. */
export async function runCommand(services: CommandServices, id: CommandId, argument: unknown): Promise<void> {
  try {
    await COMMANDS[id](services, argument instanceof vscode.Uri ? argument : undefined, argument);
  } catch (error) {
    void services.log.show(id, error);
  }
}

/** Asks once in a workspace what to use beside the built-in provider, gets it ready, and runs it after that. */
async function autoTag(services: CommandServices, folder: vscode.Uri | undefined): Promise<void> {
  const session = await prepareRun(services, folder);
  if (!session) return;
  const { choices, readiness, remote, runs } = services;
  if (choices.providers.length === 0 && !(await chooseProvider(services, session))) return;
  const models: ReadyProvider[] = [];
  for (const { name } of choices.providers) {
    if (name === BUILTIN.name) continue;
    const ready = (await remote.isRemote(name)) ? await remote.find(name) : await readiness.ensure(name);
    if (!ready) return;
    models.push(ready);
  }
  await runs.start(session, { kind: 'autoTag', models });
}

async function embedAndMap(services: CommandServices, folder: vscode.Uri | undefined): Promise<void> {
  const session = await prepareRun(services, folder);
  if (!session) return;
  const embedder = await chooseEmbedder(services.readiness.shelf, services.choices);
  if (!embedder) return;
  const model = embedder.name === VISUAL_LOOK.name ? null : await services.readiness.ensure(embedder.name);
  if (!model && embedder.name !== VISUAL_LOOK.name) return;
  await services.runs.start(session, { kind: 'embedAndMap', model });
  await services.choices.choose('map', embedder);
}

/** The dataset to run on, shown from now on; undefined when there is none or it has a run under way. */
async function prepareRun(
  services: CommandServices,
  folder: vscode.Uri | undefined,
): Promise<DatasetSession | undefined> {
  const session = await chooseDataset(services.registry, folder);
  if (!session) return undefined;
  await services.registry.setActive(session);
  return (await services.runs.refusesSecond(session)) ? undefined : session;
}

/** @throws UserError `model-unknown`; those of `RemoteProviders.find`, of which only what is set up can be named */
async function setProvider({ choices, readiness, remote }: CommandServices, name: string): Promise<void> {
  const { title } = (await remote.isRemote(name)) ? await remote.find(name) : await readiness.shelf.manifest(name);
  await choices.choose('provider', { name, title });
}

/** The folder that was clicked, else the only dataset, else the one that the person picks. */
async function chooseDataset(
  registry: DatasetRegistry,
  folder: vscode.Uri | undefined,
): Promise<DatasetSession | undefined> {
  if (folder) return registry.ensure(folder);
  const sessions = registry.all;
  if (sessions.length === 1) return sessions[0];
  const other = { label: 'Choose a folder…', description: 'any folder that holds images', session: undefined };
  const picks = sessions.map((session) => ({ label: session.name, description: session.uri.fsPath, session }));
  const picked =
    sessions.length === 0
      ? other
      : await vscode.window.showQuickPick([...picks, other], {
          placeHolder: 'Which dataset?',
          // the palette, when it closes, gives the focus back to a webview a moment later
          ignoreFocusOut: true,
        });
  if (!picked) return undefined;
  if (picked.session) return picked.session;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    canSelectMany: false,
    openLabel: 'Use as Dataset',
  });
  return chosen?.[0] && registry.ensure(chosen[0]);
}
