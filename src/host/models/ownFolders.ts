import type * as vscode from 'vscode';
import * as v from 'valibot';
import type { InstalledModel, ModelStore } from '../../core/models/modelStore';
import { UserError } from '../../protocol/userError';

const FOLDERS_KEY = 'models.folders';
const Folders = v.record(v.string(), v.string());

/** Folders of the person's own that hold models, by the model's name. Of the machine, not of the workspace. */
export class OwnFolders {
  constructor(private readonly memory: vscode.Memento) {}

  /** Absolute, or null where the person named none. */
  of(name: string): string | null {
    return this.all[name] ?? null;
  }

  /** Null forgets it; its files stay as they are. */
  async set(name: string, folder: string | null): Promise<void> {
    const { [name]: _, ...others } = this.all;
    await this.memory.update(FOLDERS_KEY, folder === null ? others : { ...others, [name]: folder });
  }

  private get all(): Record<string, string> {
    const saved = v.safeParse(Folders, this.memory.get(FOLDERS_KEY));
    return saved.success ? saved.output : {};
  }
}

/** The model in such a folder, as it is for either kind of device. @throws UserError `model-missing` */
export async function findInFolder(store: ModelStore, name: string, modelDir: string): Promise<InstalledModel> {
  try {
    return await store.find(name, { device: 'cpu', modelDir });
  } catch (error) {
    if (!isMissing(error)) throw error;
    try {
      return await store.find(name, { device: 'gpu', modelDir });
    } catch (other) {
      throw isMissing(other) ? error : other;
    }
  }
}

/** Whether a model is simply not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof UserError && error.code === 'model-missing';
}
