import * as vscode from 'vscode';
import type { NamedModel } from '../../protocol/viewApi';
import type { Device } from '../../protocol/workerApi';
import type { DatasetSession } from '../datasetSession';
import type { Log } from '../log';
import { askedQuestions } from './askedQuestions';
import { datasetExtent, type DatasetExtent } from './datasetExtent';
import { hostVocabulary } from './hostVocabulary';
import type { ModelChoices } from './modelChoices';
import type { ModelRates } from './modelRates';
import type { ModelReadiness } from './modelReadiness';
import type { ShelvedModel } from './modelShelf';
import { kindOf } from './modelVariant';
import { builtinItem, modelItems, type ProviderFacts, type ProviderItem } from './providerItems';
import { recommendModel } from './recommendModel';

export interface ProviderServices {
  readonly choices: ModelChoices;
  readonly readiness: ModelReadiness;
  readonly rates: ModelRates;
  readonly log: Log;
  /** Whether a job has the worker for itself. */
  isBusy(): boolean;
}

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

/** Finds out, one after the other, what helps with the choice, and tells of each as it is known. */
class FactFinder {
  known: ProviderFacts;
  private readonly rates = new Map<string, number>();

  constructor(
    private readonly services: ProviderServices,
    private readonly session: DatasetSession | undefined,
    private readonly models: readonly ShelvedModel[],
    private readonly signal: AbortSignal,
    private readonly onFact: (facts: ProviderFacts) => void,
  ) {
    const chosen = services.choices.provider;
    this.known = {
      ...{ models, chosen, rates: this.rates },
      ...{ device: undefined, images: undefined, measuring: null, recommended: null },
    };
  }

  /** Ends when all is known or the list is closed. What cannot be found out is missing in the list, and in the log. */
  async find(): Promise<void> {
    try {
      const { device } = await this.services.readiness.devices.detect();
      this.tell({ device });
      this.recommend();
      if (!this.session) return;
      const extent = await datasetExtent(this.session, this.signal);
      this.tell({ images: extent.images });
      this.recommend();
      await this.findRates(this.session, extent, device);
    } catch (error) {
      if (!this.signal.aborted) this.services.log.error('Looking for what helps to choose a provider', error);
    } finally {
      this.tell({ measuring: null });
    }
  }

  private recommend(): void {
    const { device, images = null } = this.known;
    if (device === undefined) return;
    const manifests = this.models.map(({ manifest }) => manifest);
    this.tell({ recommended: recommendModel(manifests, { device: kindOf(device), images }) });
  }

  private async findRates(session: DatasetSession, extent: DatasetExtent, device: Device): Promise<void> {
    const { readiness, rates } = this.services;
    const lacking: string[] = [];
    for (const { manifest, installed } of this.models) {
      if (!installed || !manifest.weights?.abilities.includes('vocabulary')) continue;
      const rate = rates.known((await readiness.find(manifest.name)).request);
      if (rate === null) lacking.push(manifest.name);
      else this.rates.set(manifest.name, rate);
    }
    this.tell({ device });
    for (const name of lacking) {
      if (this.signal.aborted || this.services.isBusy() || extent.files.length === 0) return;
      this.tell({ measuring: name });
      await this.measure(session, extent, name);
    }
  }

  /** A model that cannot be tried leaves the others to be tried; choosing it will tell why. */
  private async measure(session: DatasetSession, { files }: DatasetExtent, name: string): Promise<void> {
    const { readiness, rates, log } = this.services;
    try {
      const { manifest, request } = await readiness.find(name);
      const questions = await askedQuestions(await hostVocabulary(session.uri), manifest);
      const rate = await rates.measure(request, questions, files, this.signal);
      if (rate !== null) this.rates.set(name, rate);
    } catch (error) {
      if (!this.signal.aborted) log.error(`Trying ${name} on a few images`, error);
    }
  }

  private tell(change: Partial<ProviderFacts>): void {
    this.known = { ...this.known, ...change };
    if (!this.signal.aborted) this.onFact(this.known);
  }
}
