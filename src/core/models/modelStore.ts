import { resolve } from 'node:path';
import type { ModelManifest, ModelVariant } from '../../protocol/modelManifest';
import { UserError } from '../../protocol/userError';
import { freeBytes } from './diskSpace';
import { downloadModel } from './downloadModel';
import type { DownloadProgress } from './downloadProgress';
import { FolderSource } from './folderSource';
import { HubSource } from './hubSource';
import { endpointFolder, hubSettings } from './hubSettings';
import { installedModel, type InstalledModel } from './installedModel';
import { isLocked } from './folderLock';
import { missingInFolder, missingModel } from './missingModel';
import { downloadFolder, foldersToLookIn } from './modelFolders';
import type { ModelSource } from './modelSource';
import {
  filesOf,
  hasWeights,
  manifestByName,
  variantsFor,
  type VariantChoice,
  type WeightsManifest,
} from './modelVariant';
import { DEFAULT_PATIENCE, type Patience } from './patience';
import { lookAtFiles, type FolderState } from './storedFiles';
import { removeFiles, dropAltered } from './removeFiles';
import { partialBytes } from './sweepLeftovers';

export type { InstalledModel };

export interface ModelStoreOptions {
  /** Absolute folder where downloads go. */
  readonly folder: string;
  readonly catalog: readonly ModelManifest[];
  /** The hub or a mirror: a URL, `file:` URL or absolute folder. By default what `HF_ENDPOINT` says, else the public hub. */
  readonly endpoint?: string;
  /** By default what `HF_TOKEN` says. */
  readonly token?: string;
  readonly fetch?: typeof fetch;
  readonly patience?: Patience;
  /** Bytes that may be written below a folder; null: unknown. For tests. */
  readonly freeBytes?: (folder: string) => Promise<number | null>;
}

export interface ListedModel {
  readonly manifest: ModelManifest;
  /** The first of its variants that is complete. */
  readonly installed: InstalledModel | null;
  /** Of downloads that were begun. */
  readonly partialBytes: number;
}

export interface FindOptions extends VariantChoice {
  /** A folder of the user's own that holds the files; they are looked at and used where they are. */
  readonly modelDir?: string;
}

/** The models that come as files: which there are, which are here, and how they get here. */
export class ModelStore {
  private readonly options: Required<Omit<ModelStoreOptions, 'token'>> & { readonly token: string | undefined };

  constructor(options: ModelStoreOptions) {
    const hub = hubSettings();
    this.options = {
      folder: resolve(options.folder),
      catalog: options.catalog,
      endpoint: options.endpoint ?? hub.endpoint,
      token: options.token ?? hub.token,
      fetch: options.fetch ?? ((input, init) => fetch(input, init)),
      patience: options.patience ?? DEFAULT_PATIENCE,
      freeBytes: options.freeBytes ?? freeBytes,
    };
  }

  /** All models of the catalog that come as files. Looks at files' sizes and times, not at their content. */
  async list(): Promise<ListedModel[]> {
    return Promise.all(
      this.options.catalog.filter(hasWeights).map(async (manifest) => ({
        manifest,
        installed: (await this.firstComplete(manifest, manifest.weights.variants)).installed,
        partialBytes: await partialBytes(downloadFolder(this.options.folder, manifest.weights)),
      })),
    );
  }

  /**
   * The model with all of its files, of the dtype asked for, else of the first variant for the device (`cpu`) that is here.
   * Downloaded files that were altered since are noticed by size or time; `verify` looks at every byte.
   * @throws UserErrors `model-unknown`; `dtype-unknown`; `model-missing` with what is missing and how to get it, also
   *   without network
   */
  async find(name: string, options: FindOptions = {}): Promise<InstalledModel> {
    const manifest = manifestByName(this.options.catalog, name);
    const variants = variantsFor(manifest, options);
    if (options.modelDir !== undefined) return this.findIn(resolve(options.modelDir), manifest, variants);
    const { installed, first } = await this.firstComplete(manifest, variants);
    if (installed) return installed;
    throw missingModel(manifest, variants[0], first, this.source(manifest).place);
  }

  /**
   * Downloads one variant, or the rest of it. Aborting pauses: what came is kept, and the next call goes on from there.
   * @throws UserErrors `model-unknown`, `dtype-unknown`, `endpoint-invalid`, `download-failed` (network, HTTP status),
   *   `download-corrupt` (what came is not the file; it was thrown away), `disk-full`, `models-not-writable`; the
   *   signal's reason
   */
  async download(
    name: string,
    options: VariantChoice & { signal: AbortSignal; progress: (progress: DownloadProgress) => void },
  ): Promise<InstalledModel> {
    const manifest = manifestByName(this.options.catalog, name);
    const [variant] = variantsFor(manifest, options);
    const folder = downloadFolder(this.options.folder, manifest.weights);
    const { signal, progress } = options;
    await downloadModel({
      ...{ manifest, variant, folder, signal, progress, source: this.source(manifest) },
      ...{ patience: this.options.patience, freeBytes: this.options.freeBytes },
    });
    return this.find(name, { dtype: variant.dtype });
  }

  /**
   * Reads every byte of a downloaded model. Altered files are removed, so that the next download fetches them anew.
   * @returns their paths in the repository, with what is wrong; none when all is well
   * @throws UserErrors `model-unknown`, `dtype-unknown`, `model-missing`; the signal's reason
   */
  async verify(
    name: string,
    options: VariantChoice & { signal?: AbortSignal } = {},
  ): Promise<{ path: string; why: string }[]> {
    const manifest = manifestByName(this.options.catalog, name);
    const variants = variantsFor(manifest, options);
    const { first, variant } = await this.firstComplete(manifest, variants);
    if (first.stored.every(({ proof }) => proof === 'absent')) {
      throw missingModel(manifest, variants[0], first, this.source(manifest).place);
    }
    const { signal } = options;
    const state = await lookAtFiles(
      first.folder,
      filesOf(manifest, variant),
      signal ? { thorough: true, signal } : { thorough: true },
    );
    await dropAltered(state);
    return state.unusable.map(({ file, why }) => ({ path: file.path, why }));
  }

  /**
   * Removes what was downloaded of a model, all variants and parts of them. A folder that was named with `modelDir` is
   * never touched.
   * @throws UserErrors `model-unknown`, `model-busy` while it is being downloaded
   */
  async remove(name: string): Promise<void> {
    const manifest = manifestByName(this.options.catalog, name);
    const folder = downloadFolder(this.options.folder, manifest.weights);
    if (await isLocked(folder)) {
      throw new UserError('model-busy', `${manifest.title} is being downloaded. Cancel that first.`);
    }
    await removeFiles(folder, manifest, this.options.folder);
  }

  private async findIn(
    named: string,
    manifest: WeightsManifest,
    variants: readonly ModelVariant[],
  ): Promise<InstalledModel> {
    let best: { state: FolderState; variant: ModelVariant } | null = null;
    for (const variant of variants) {
      for (const folder of foldersToLookIn(named, manifest.weights)) {
        const state = await lookAtFiles(folder, filesOf(manifest, variant));
        if (state.unusable.length === 0) return installedModel(manifest, variant, state);
        if (best === null || state.unusable.length < best.state.unusable.length) best = { state, variant };
      }
    }
    throw missingInFolder(manifest, best!.variant, best!.state, named);
  }

  private async firstComplete(
    manifest: WeightsManifest,
    variants: readonly ModelVariant[],
  ): Promise<{ installed: InstalledModel | null; first: FolderState; variant: ModelVariant }> {
    const folder = downloadFolder(this.options.folder, manifest.weights);
    let first: FolderState | null = null;
    for (const variant of variants) {
      const state = await lookAtFiles(folder, filesOf(manifest, variant));
      if (state.unusable.length === 0) {
        return { installed: installedModel(manifest, variant, state), first: state, variant };
      }
      first ??= state;
    }
    return { installed: null, first: first!, variant: variants[0] };
  }

  private source({ weights }: WeightsManifest): ModelSource {
    const { endpoint, token, fetch, patience } = this.options;
    const folder = endpointFolder(endpoint);
    if (folder !== null) return new FolderSource(folder, weights);
    const { repository, revision } = weights;
    return new HubSource({ endpoint, repository, revision, token, fetch, stallMs: patience.stallMs });
  }
}
