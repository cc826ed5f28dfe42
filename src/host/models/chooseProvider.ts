import * as vscode from 'vscode';
import type { NamedModel } from '../../protocol/viewApi';
import type { DatasetSession } from '../datasetSession';
import { FactFinder, type ProviderServices } from './factFinder';
import { builtinItem, modelItems, type ProviderFacts, type ProviderItem } from './providerItems';

type Item = vscode.QuickPickItem & Partial<ProviderItem> & { manage?: boolean };

/**
 * Has the person choose what tags in this workspace, and remembers it. Models that are on disk and have not been
 * measured yet are tried on a few images while the list is open. Null when it is dismissed.
 */
export async function chooseProvider(
  services: ProviderServices,
  session: DatasetSession | undefined,
): Promise<NamedModel | null> {
  const models = (await services.readiness.shelf.list()).filter(({ manifest }) => manifest.weights);
  const closed = new AbortController();
  const list = vscode.window.createQuickPick<Item>();
  list.title = 'What shall tag the images of this workspace?';
  list.placeholder = 'A model adds to the built-in tagger. Times are measured once a model is here.';
  list.ignoreFocusOut = true;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  const facts = new FactFinder(services, session, models, closed.signal, (known) => show(list, known));
  show(list, facts.known);
  list.busy = true;
  void facts.find().finally(() => {
    if (!closed.signal.aborted) list.busy = false;
  });
  try {
    const picked = await pickOne(list);
    if (picked?.manage) await vscode.commands.executeCommand('datavisor.manageModels');
    if (!picked?.model) return null;
    await services.choices.choose('provider', picked.model);
    return picked.model;
  } finally {
    closed.abort();
    list.dispose();
  }
}

/** Fills the list, leaving what is marked in it as it is. */
function show(list: vscode.QuickPick<Item>, facts: ProviderFacts): void {
  const active = list.activeItems[0]?.label ?? facts.chosen?.title;
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items: Item[] = [
    separator('built in'),
    builtinItem(facts),
    separator('models'),
    ...modelItems(facts),
    separator(''),
    { label: '$(package) Manage Models…', manage: true, alwaysShow: true },
  ];
  list.keepScrollPosition = true;
  list.items = items;
  const again = items.find(({ label, kind }) => kind === undefined && label === active);
  if (again) list.activeItems = [again];
}

function pickOne(list: vscode.QuickPick<Item>): Promise<Item | undefined> {
  return new Promise((resolve) => {
    list.onDidAccept(() => resolve(list.selectedItems[0]));
    list.onDidHide(() => resolve(undefined));
    list.show();
  });
}
