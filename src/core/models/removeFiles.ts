import { rm, rmdir } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { LEDGER_FILE, readLedger, writeLedger } from './ledger';
import { filesOf, type WeightsManifest } from './modelVariant';
import type { FolderState } from './storedFiles';
import { filesBelow, sweepLeftovers } from './sweepLeftovers';

/** Removes all files of a model, and parts of them, from its download folder; files that are not the model's stay. */
export async function removeFiles(folder: string, manifest: WeightsManifest, root: string): Promise<void> {
  await sweepLeftovers(folder, []);
  const named = manifest.weights.variants.flatMap((variant) => filesOf(manifest, variant).map(({ path }) => path));
  const files = new Set([...named, ...Object.keys((await readLedger(folder)).files), LEDGER_FILE]);
  for (const path of files) await rm(join(folder, path), { force: true });
  if ((await filesBelow(folder)).length === 0) await rm(folder, { recursive: true, force: true });
  await removeEmptyFolders(dirname(folder), root);
}

/** Removes downloaded files whose content is not what it was, so that the next download fetches them anew. */
export async function dropAltered({ folder, unusable }: FolderState): Promise<void> {
  const altered = new Set(unusable.filter(({ missing }) => !missing).map(({ file }) => file.path));
  if (altered.size === 0) return;
  for (const path of altered) await rm(join(folder, path), { force: true });
  const ledger = await readLedger(folder);
  const files = Object.fromEntries(Object.entries(ledger.files).filter(([path]) => !altered.has(path)));
  await writeLedger(folder, { ...ledger, files });
}

/** Up from a folder to below the root, as far as nothing else is in them. */
async function removeEmptyFolders(from: string, root: string): Promise<void> {
  for (let folder = from; folder.startsWith(root + sep); folder = dirname(folder)) {
    if (
      !(await rmdir(folder).then(
        () => true,
        () => false,
      ))
    )
      return;
  }
}
