import * as vscode from 'vscode';
import { UserError } from '../../protocol/userError';
import type { ModelShelf } from './modelShelf';

/**
 * Has the person choose one of the models that the window's folders bring along; nobody is asked where there is one only.
 * Null when it is dismissed.
 * @throws UserError `no-own-model` that says how to bring one along
 */
export async function chooseOwnModel(shelf: ModelShelf): Promise<string | null> {
  if (!vscode.workspace.isTrusted) {
    throw new UserError(
      'no-own-model',
      'This workspace is not trusted, so models in its folders are not read. Trust it first.',
    );
  }
  const models = (await shelf.list()).filter(({ own }) => own);
  const usable = models.filter(({ installed }) => installed);
  if (usable.length === 0) {
    const [broken] = models;
    throw new UserError(
      'no-own-model',
      broken?.problem ??
        'No folder here has a model of your own. Put one into .datavisor/models/NAME, with a model.json that says how it is run: docs/models.md has an example.',
    );
  }
  if (usable.length === 1) return usable[0].manifest.name;
  const items = usable.map(({ manifest: { name, title, goodFor } }) => ({ label: title, detail: goodFor, name }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Which model shall look at five images?',
    ignoreFocusOut: true,
  });
  return picked?.name ?? null;
}
