import * as vscode from 'vscode';
import type { DatasetRegistry } from './datasetRegistry';
import type { DatasetSession } from './datasetSession';
import type { Log } from './log';
import type { PanelView } from './panelView';
import type { RunKind, Runs } from './runs';

export interface CommandServices {
  readonly registry: DatasetRegistry;
  readonly runs: Runs;
  readonly panel: PanelView;
  readonly log: Log;
}

type Command = (services: CommandServices, folder: vscode.Uri | undefined) => Promise<void>;

/** Every command of the extension. `folder` is set when it comes from the explorer's context menu. */
const COMMANDS: Record<string, Command> = {
  'datavisor.autoTag': (services, folder) => run(services, 'autoTag', folder),
  'datavisor.indexFolder': (services, folder) => run(services, 'index', folder),
  'datavisor.embedAndMap': (services, folder) => run(services, 'embedAndMap', folder),
  'datavisor.openDataset': async (services, folder) => {
    const session = await chooseDataset(services.registry, folder);
    if (session) await services.panel.show(session);
  },
  'datavisor.cancel': async ({ registry, runs }) => {
    const running = registry.all.filter((session) => runs.isRunning(session));
    for (const session of running) runs.cancel(session);
    if (running.length === 0) await vscode.window.showInformationMessage('DataVisor: nothing is running.');
  },
};

/** Registers all commands; a failure in one is shown, never lost. */
export function registerCommands(services: CommandServices): vscode.Disposable[] {
  return Object.entries(COMMANDS).map(([id, command]) =>
    vscode.commands.registerCommand(id, async (folder: unknown) => {
      try {
        await command(services, folder instanceof vscode.Uri ? folder : undefined);
      } catch (error) {
        void services.log.show(id, error);
      }
    }),
  );
}

async function run(services: CommandServices, kind: RunKind, folder: vscode.Uri | undefined): Promise<void> {
  const session = await chooseDataset(services.registry, folder);
  if (!session) return;
  await services.registry.setActive(session);
  await services.runs.start(session, kind);
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
