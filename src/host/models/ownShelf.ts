import { installOwnModel } from '../../core/models/installOwnModel';
import type { InstalledModel } from '../../core/models/modelStore';
import type { ModelManifest } from '../../protocol/modelManifest';
import { UserError } from '../../protocol/userError';
import type { ShelvedModel } from './shelvedModel';
import { windowModels, type WindowFolders, type WindowModel } from './windowModels';

/** The models that the window's folders bring along, as the shelf shows them. Each look reads the disk. */
export class OwnShelf {
  constructor(private readonly window: () => WindowFolders) {}

  /** @param known names of the models that DataVisor knows itself */
  models(known: readonly string[]): Promise<WindowModel[]> {
    return windowModels(this.window(), known);
  }

  /** The model of this name, or null. @throws UserError `own-model-invalid` when it is there and cannot be used */
  async named(
    name: string,
    known: readonly string[],
  ): Promise<(WindowModel & { readonly manifest: ModelManifest }) | null> {
    const entries = (await this.models(known)).filter((entry) => entry.name === name);
    const usable = entries.find(({ manifest }) => manifest !== null);
    if (usable?.manifest) return { ...usable, manifest: usable.manifest };
    if (entries.length === 0 || known.includes(name)) return null;
    throw new UserError('own-model-invalid', entries[0].problem ?? `${name} cannot be used.`);
  }

  async list(known: readonly string[]): Promise<ShelvedModel[]> {
    return Promise.all((await this.models(known)).map((entry) => this.shelved(entry)));
  }

  private async shelved({ name, folder, manifest, problem }: WindowModel): Promise<ShelvedModel> {
    const rest = { partialBytes: 0, ownFolder: null, own: { folder } };
    let installed: InstalledModel | null = null;
    let why = problem;
    if (manifest) {
      try {
        installed = await installOwnModel(folder, manifest);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        why = error.message;
      }
    }
    if (installed) return { ...rest, manifest: installed.manifest, installed, problem: null };
    return { ...rest, manifest: unusable(name), installed: null, problem: why };
  }
}

/** Stands for a model that cannot be run. Its name is none that can be asked for, as another model may have it. */
function unusable(name: string): ModelManifest {
  return {
    ...{ name: `.datavisor/models/${name}`, title: name, revision: '', task: 'tagging', licence: 'your own' },
    ...{ goodFor: 'Nothing yet: see below.', notFor: 'Auto-Tag, as long as it cannot be read.' },
    ...{ labels: {}, thresholds: {} },
  };
}
