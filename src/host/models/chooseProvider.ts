import * as vscode from 'vscode';
import type { DatasetSession } from '../datasetSession';
import { remoteItems, type RemoteItem } from '../remote/remoteItems';
import { priceOf } from '../remote/remoteLimits';
import { setUpRemote } from '../remote/setUpRemote';
import { remoteLimitsSetting } from '../settings';
import { chooseSeveral } from './chooseSeveral';
import { FactFinder, type ProviderServices } from './factFinder';
import { builtinItem, modelItems, type ProviderFacts, type ProviderItem } from './providerItems';

type Item = vscode.QuickPickItem &
  Partial<ProviderItem> &
  Partial<RemoteItem> & { readonly next?: 'several' | 'manage' | 'trust' };

/**
 * Has the person choose what tags in this workspace, sets it up where it is a remote provider, and remembers it. Models
 * that are on disk and have not been measured yet are tried on a few images while the list is open.
 * @returns whether they did; false when it is dismissed
 */
export async function chooseProvider(
  services: ProviderServices,
  session: DatasetSession | undefined,
): Promise<boolean> {
  const { choices, remote } = services;
  for (;;) {
    const picked = await pickProvider(services, session);
    const chosen = picked?.remote ? await setUpRemote(remote, picked.remote) : await follow(services, picked);
    if (chosen === 'back') continue;
    if (chosen === null) return false;
    await choices.chooseProviders([chosen].flat());
    return true;
  }
}

async function follow(services: ProviderServices, picked: Item | undefined): ReturnType<typeof chooseSeveral> {
  switch (picked?.next) {
    case 'several':
      return chooseSeveral(services);
    case 'manage':
      await vscode.commands.executeCommand('datavisor.manageModels');
      return null;
    case 'trust':
      await vscode.commands.executeCommand('workbench.trust.manage');
      return null;
    default:
      return picked?.model ? [picked.model] : null;
  }
}

async function pickProvider(
  services: ProviderServices,
  session: DatasetSession | undefined,
): Promise<Item | undefined> {
  const models = (await services.readiness.shelf.list()).filter(({ manifest }) => manifest.weights);
  const remotes = await remoteOffer(services);
  const closed = new AbortController();
  const list = vscode.window.createQuickPick<Item>();
  list.title = 'What shall tag the images of this workspace?';
  list.placeholder = 'A model adds to the built-in tagger. Times are measured once a model is here.';
  list.ignoreFocusOut = true;
  list.matchOnDescription = true;
  list.matchOnDetail = true;
  const facts = new FactFinder(services, session, models, closed.signal, (known) => show(list, known, remotes));
  show(list, facts.known, remotes);
  list.busy = true;
  void facts.find().finally(() => {
    if (!closed.signal.aborted) list.busy = false;
  });
  try {
    return await pickOne(list);
  } finally {
    closed.abort();
    list.dispose();
  }
}

/** Remote providers; in a workspace that is not trusted why there are none. */
async function remoteOffer({ remote, choices }: ProviderServices): Promise<readonly Item[]> {
  if (!vscode.workspace.isTrusted) {
    const detail = 'Images are sent only from a workspace that you trust. Choose this to look at that.';
    return [{ label: '$(workspace-untrusted) Not offered here', detail, next: 'trust' }];
  }
  return remoteItems({
    manifests: await remote.catalog(),
    lastConfig: (provider) => remote.configs.last(provider),
    priceOf: (manifest) => priceOf(manifest, remoteLimitsSetting()),
    chosen: choices.providers,
  });
}

/** Fills the list, leaving what is marked in it as it is. */
function show(list: vscode.QuickPick<Item>, facts: ProviderFacts, remotes: readonly Item[]): void {
  const active = list.activeItems[0]?.label ?? facts.chosen[0]?.title;
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items: Item[] = [
    separator('built in'),
    builtinItem(facts),
    separator('models'),
    ...modelItems(facts),
    separator('remote (images are sent)'),
    ...remotes,
    separator(''),
    { label: '$(layers) Several Models…', next: 'several', alwaysShow: true },
    { label: '$(package) Manage Models…', next: 'manage', alwaysShow: true },
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
