import { listOwnModels, type OwnModelEntry } from '../../core/models/ownModels';

/** What a window of the editor is about. */
export interface WindowFolders {
  /** Whether the person trusts what is in it. */
  readonly isTrusted: boolean;
  /** Absolute paths of the datasets' folders. */
  readonly folders: readonly string[];
}

/** A model in the folder of one of the window's datasets. */
export interface WindowModel extends OwnModelEntry {
  /** Absolute path of the dataset's folder. */
  readonly dataset: string;
}

/**
 * The models that the folders of a window bring along; of a window that is not trusted nothing is read. A name belongs to
 * the first folder that has it.
 * @param known names of the models that DataVisor knows itself
 */
export async function windowModels(
  { isTrusted, folders }: WindowFolders,
  known: readonly string[],
): Promise<WindowModel[]> {
  if (!isTrusted) return [];
  const found: WindowModel[] = [];
  for (const dataset of folders) {
    for (const entry of await listOwnModels(dataset, known)) {
      const first = found.find(({ name, manifest }) => name === entry.name && manifest !== null);
      if (!first || !entry.manifest) found.push({ ...entry, dataset });
      else found.push({ ...entry, dataset, manifest: null, problem: takenBy(entry, first) });
    }
  }
  return found;
}

function takenBy({ folder }: OwnModelEntry, first: OwnModelEntry): string {
  return `${folder} has the name of another model of this window, ${first.folder}. Rename one of both folders.`;
}
