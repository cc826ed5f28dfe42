import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ModelAction } from '../../protocol/viewApi';
import { UserError } from '../../protocol/userError';
import { byteSize } from '../../protocol/byteSize';
import type { Log } from '../log';
import type { ModelReadiness } from './modelReadiness';

/**
 * Does what a button of the list of models says. A download goes on after this resolves.
 * @throws UserErrors of the model store
 */
export async function modelAction(
  readiness: ModelReadiness,
  name: string,
  action: ModelAction,
  log: Log,
): Promise<void> {
  const { shelf, downloads } = readiness;
  if (action === 'openFolder') return openFolder(await folderOf(readiness, name));
  const manifest = await shelf.manifest(name);
  switch (action) {
    case 'download':
      // Not awaited: it lasts long, and its notification tells how it goes.
      readiness.download(name).catch((error: unknown) => log.show(`Getting ${manifest.title}`, error));
      return;
    case 'pause':
      downloads.pause(name);
      return;
    case 'useFolder':
      await readiness.useFolder(manifest);
      return;
    case 'forgetFolder':
      return shelf.setOwnFolder(name, null);
    case 'delete':
      return deleteModel(readiness, name);
  }
}

async function deleteModel({ shelf }: ModelReadiness, name: string): Promise<void> {
  const model = (await shelf.list()).find(({ manifest }) => manifest.name === name);
  if (!model) return;
  const bytes = model.installed?.bytes ?? model.partialBytes;
  const remove = 'Delete';
  const answer = await vscode.window.showWarningMessage(
    `Delete the files of ${model.manifest.title} (${byteSize(bytes)})?`,
    { modal: true, detail: 'What it said of your images stays. It can be downloaded again.' },
    remove,
  );
  if (answer === remove) await shelf.remove(name);
}

async function folderOf({ shelf }: ModelReadiness, name: string): Promise<string> {
  const model = (await shelf.list()).find(({ manifest }) => manifest.name === name);
  return model?.installed?.folder ?? model?.own?.folder ?? model?.ownFolder ?? shelf.folder;
}

/** In the file manager; where there is none (VS Code on another machine), the path goes to the clipboard. */
async function openFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) {
    throw new UserError('folder-missing', `${folder} does not exist yet: it is made by the first download.`);
  }
  if (vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(folder));
    return;
  }
  await vscode.env.clipboard.writeText(folder);
  void vscode.window.showInformationMessage(`DataVisor: The path ${folder} is in the clipboard.`);
}
