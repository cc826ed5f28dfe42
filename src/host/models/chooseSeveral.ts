import * as vscode from 'vscode';
import type { NamedModel } from '../../protocol/viewApi';
import { endpointHost } from '../remote/remoteItems';
import type { ProviderServices } from './factFinder';
import { BUILTIN } from './builtinModels';
import { isTagger } from './modelWords';

type Item = vscode.QuickPickItem & { readonly model: NamedModel };

/**
 * Has the person choose several models and remote providers that were set up, which Auto-Tag then asks one after the
 * other.
 * @returns them, `back` to what was shown before, or null when it is dismissed
 */
export async function chooseSeveral(services: ProviderServices): Promise<readonly NamedModel[] | 'back' | null> {
  const items = [...(await localItems(services)), ...(await remoteItems(services))];
  const list = vscode.window.createQuickPick<Item>();
  list.title = 'Which models shall tag the images of this workspace?';
  list.placeholder =
    'They are asked one after the other, after the built-in tagger. Remote ones are set up singly first.';
  list.ignoreFocusOut = true;
  list.canSelectMany = true;
  list.matchOnDescription = true;
  list.buttons = [vscode.QuickInputButtons.Back];
  list.items = items;
  const chosen = services.choices.providers.map(({ name }) => name);
  list.selectedItems = items.filter(({ model }) => chosen.includes(model.name));
  try {
    return await new Promise((resolve) => {
      list.onDidTriggerButton(() => resolve('back'));
      list.onDidAccept(() => {
        const models = list.selectedItems.map(({ model }) => model);
        resolve(models.length > 0 ? models : [BUILTIN]);
      });
      list.onDidHide(() => resolve(null));
      list.show();
    });
  } finally {
    list.dispose();
  }
}

async function localItems({ readiness }: ProviderServices): Promise<Item[]> {
  const taggers = (await readiness.shelf.list()).filter(({ manifest }) => isTagger(manifest));
  return taggers.map(({ manifest: { name, title }, installed }) => ({
    label: title,
    description: installed ? 'on this computer' : 'to be downloaded first',
    model: { name, title },
  }));
}

async function remoteItems({ remote }: ProviderServices): Promise<Item[]> {
  if (!vscode.workspace.isTrusted) return [];
  const titles = await remote.titles();
  return [...remote.configs.all].map(([name, { endpoint }]) => {
    const title = titles(name) ?? name;
    return { label: title, description: `images are sent to ${endpointHost(endpoint)}`, model: { name, title } };
  });
}
