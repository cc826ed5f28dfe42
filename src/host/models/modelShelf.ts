import path from 'node:path';
import * as vscode from 'vscode';
import { hubSettings } from '../../core/models/hubSettings';
import { installOwnModel } from '../../core/models/installOwnModel';
import type { InstalledModel, ModelStore } from '../../core/models/modelStore';
import type { ModelManifest } from '../../protocol/modelManifest';
import { UserError } from '../../protocol/userError';
import type { Log } from '../log';
import { modelEndpoint, modelFolder } from './modelSettings';
import type { DeviceKind } from './modelVariant';
import { findInFolder, isMissing, OwnFolders } from './ownFolders';
import { OwnShelf } from './ownShelf';
import type { ShelvedModel } from './shelvedModel';
import type { WindowFolders } from './windowModels';

export type { ShelvedModel };

interface OpenShelf {
  readonly catalog: readonly ModelManifest[];
  /** Names that no model of a folder's own can have. */
  readonly taken: readonly string[];
  readonly store: ModelStore;
}

const TOKEN_KEY = 'models.hubToken';

/**
 * The models of the catalogue and what of them is on this machine, and those that the window's folders bring along. The
 * store is loaded when first asked.
 */
export class ModelShelf implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when something came to or went from the disk. */
  readonly onDidChange = this.changed.event;
  private readonly ownFolders: OwnFolders;
  private readonly ownShelf: OwnShelf;
  private readonly settingsListener: vscode.Disposable;
  private opened: Promise<OpenShelf> | undefined;
  private currentRevision = 0;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: Log,
    window: () => WindowFolders,
  ) {
    this.ownShelf = new OwnShelf(window);
    this.ownFolders = new OwnFolders(context.globalState);
    this.settingsListener = vscode.workspace.onDidChangeConfiguration((event) => {
      const keys = ['datavisor.modelFolder', 'datavisor.modelEndpoint', 'http.proxy'];
      if (keys.some((key) => event.affectsConfiguration(key))) this.reopen();
    });
  }

  get revision(): number {
    return this.currentRevision;
  }

  /** Where downloads go. */
  get folder(): string {
    return modelFolder(this.context.globalStorageUri);
  }

  /** Where downloads come from, as an address or a folder. */
  get endpoint(): string {
    return modelEndpoint() ?? hubSettings().endpoint;
  }

  /** Those of the window's folders come last, without those that cannot be used. */
  async catalog(): Promise<readonly ModelManifest[]> {
    const { catalog, taken } = await this.open();
    const own = await this.ownShelf.models(taken);
    return [...catalog, ...own.flatMap(({ manifest }) => manifest ?? [])];
  }

  /** A model that a folder of the window brings along, or null. @throws UserError `own-model-invalid` */
  async ownModel(name: string): ReturnType<OwnShelf['named']> {
    return this.ownShelf.named(name, (await this.open()).taken);
  }

  /** @throws UserError `model-unknown`, `own-model-invalid` */
  async manifest(name: string): Promise<ModelManifest> {
    const { catalog } = await this.open();
    const found = catalog.find((manifest) => manifest.name === name) ?? (await this.ownModel(name))?.manifest;
    if (found) return found;
    throw new UserError('model-unknown', `There is no model named ${name}. “DataVisor: Manage Models” lists all.`);
  }

  /** What people call a model; its name where the catalogue does not know it (any more). */
  async titleOf(name: string): Promise<string> {
    return (await this.catalog()).find((manifest) => manifest.name === name)?.title ?? name;
  }

  /** All models of the catalogue, with what of them is here, and those of the window's folders. */
  async list(): Promise<ShelvedModel[]> {
    const { catalog, taken, store } = await this.open();
    const stored = new Map((await store.list()).map((entry) => [entry.manifest.name, entry]));
    const shipped = catalog.map(async (manifest) => {
      const ownFolder = this.ownFolders.of(manifest.name);
      const entry = stored.get(manifest.name);
      const shelved = { manifest, ownFolder, partialBytes: entry?.partialBytes ?? 0, problem: null };
      if (ownFolder === null) return { ...shelved, installed: entry?.installed ?? null };
      try {
        return { ...shelved, installed: await findInFolder(store, manifest.name, ownFolder) };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { ...shelved, installed: null, problem: error.message };
      }
    });
    return [...(await Promise.all(shipped)), ...(await this.ownShelf.list(taken))];
  }

  /** @throws UserErrors `model-missing` with what is missing and where to get it; `own-model-invalid` */
  async find(name: string, device: DeviceKind): Promise<InstalledModel> {
    const own = await this.ownModel(name);
    if (own) return installOwnModel(own.folder, own.manifest);
    const { store } = await this.open();
    const modelDir = this.ownFolders.of(name);
    return store.find(name, modelDir === null ? { device } : { device, modelDir });
  }

  /** Whether all that a kind of device needs of a model is here. */
  async has(name: string, device: DeviceKind): Promise<boolean> {
    try {
      await this.find(name, device);
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  /** Downloads or goes on with a download; aborting pauses it. Throws what `ModelStore.download` throws. */
  async download(
    name: string,
    device: DeviceKind,
    signal: AbortSignal,
    progress: Parameters<ModelStore['download']>[1]['progress'],
  ): Promise<InstalledModel> {
    const { store } = await this.open();
    try {
      return await store.download(name, { device, signal, progress });
    } finally {
      this.touch();
    }
  }

  /** Deletes what was downloaded; files of the person's own folder stay. */
  async remove(name: string): Promise<void> {
    const { store } = await this.open();
    try {
      await store.remove(name);
    } finally {
      this.touch();
    }
  }

  /** Takes a model's files from a folder, or (null) from the downloads again. @throws UserError `model-missing` */
  async setOwnFolder(name: string, folder: string | null): Promise<void> {
    if (folder !== null) await findInFolder((await this.open()).store, name, folder);
    await this.ownFolders.set(name, folder);
    this.touch();
  }

  /** Keeps the hub's token in the system's key store; '' forgets it. */
  async setToken(token: string): Promise<void> {
    if (token === '') await this.context.secrets.delete(TOKEN_KEY);
    else await this.context.secrets.store(TOKEN_KEY, token);
    this.reopen();
  }

  dispose(): void {
    this.settingsListener.dispose();
    this.changed.dispose();
  }

  private open(): NonNullable<ModelShelf['opened']> {
    this.opened ??= this.openNow();
    this.opened.catch(() => (this.opened = undefined)); // the next one who asks tries again
    return this.opened;
  }

  private async openNow(): Promise<OpenShelf> {
    const [{ readCatalog }, { readRemoteCatalog }, { ModelStore }] = await Promise.all([
      import('../../core/models/catalog'),
      import('../../core/remote/remoteCatalog'),
      import('../../core/models/modelStore'),
    ]);
    const shipped = path.join(this.context.extensionUri.fsPath, 'dist', 'models');
    const catalog = readCatalog(shipped, (line) => this.log.info(line));
    const remote = readRemoteCatalog(shipped, () => undefined); // what is wrong with it, its own readers tell
    const endpoint = modelEndpoint();
    const token = await this.context.secrets.get(TOKEN_KEY);
    // What is not set here, the store takes from $HF_ENDPOINT and $HF_TOKEN.
    const store = new ModelStore({
      ...{ folder: this.folder, catalog },
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(token ? { token } : {}),
    });
    return { catalog, taken: [...catalog, ...remote].map(({ name }) => name), store };
  }

  /** Has whoever shows the models look at the disk again: files come and go by hand, too. */
  lookAgain(): void {
    this.touch();
  }

  private reopen(): void {
    this.opened = undefined;
    this.touch();
  }

  private touch(): void {
    this.currentRevision++;
    this.changed.fire();
  }
}
