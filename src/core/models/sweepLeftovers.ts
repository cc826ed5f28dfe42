import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ORIGIN, PARTIAL } from './partialFile';

/** Bytes of begun downloads in a folder. */
export async function partialBytes(folder: string): Promise<number> {
  const parts = (await filesBelow(folder)).filter((file) => file.endsWith(PARTIAL));
  const sizes = await Promise.all(
    parts.map((file) =>
      stat(join(folder, file)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Removes what killed downloads left behind, except parts of the given files, which will be continued. What a part was of
 * says nothing without it: then the kill came just after the file had got its name.
 */
export async function sweepLeftovers(folder: string, keep: readonly string[]): Promise<void> {
  const files = new Set(await filesBelow(folder));
  const continued = new Set(keep.flatMap((path) => (files.has(path + PARTIAL) ? [path + PARTIAL, path + ORIGIN] : [])));
  for (const file of files) {
    const leftover = file.endsWith(PARTIAL) || file.endsWith(ORIGIN) || /(^|\/)\.datavisor\.[^/]*\.tmp$/.test(file);
    if (leftover && !continued.has(file)) await rm(join(folder, file), { force: true });
  }
}

/** Paths with slashes, relative to the folder; none when it does not exist. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}
