import { createHash } from 'node:crypto';
import { access, constants, mkdtemp, readdir, realpath, rmdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../protocol/userError';

/** Where a dataset and what DataVisor derives from it lie. Absolute paths. */
export interface DatasetLocation {
  /** The folder of images; only ever read, apart from `.datavisor` in it. */
  readonly folder: string;
  /** The DuckDB file. */
  readonly database: string;
  /** The folder of cached thumbnails; can be deleted at any time. */
  readonly thumbnails: string;
}

/** Name of the folder inside a dataset that holds its database and thumbnails. */
export const DATA_FOLDER = '.datavisor';

/**
 * Finds the place of a dataset's database: `.datavisor/` inside the folder when that can be written or already holds a
 * database, else a folder named by a hash of the path under `fallbackFolder`. Creates nothing that stays.
 *
 * @param options.database overrides the database file; thumbnails then lie beside it.
 * @throws UserError `folder-missing`, `not-a-folder` or `folder-unreadable`.
 */
export async function locateDataset(
  folder: string,
  options: { fallbackFolder: string; database?: string },
): Promise<DatasetLocation> {
  const absolute = resolve(folder);
  await requireReadableFolder(absolute);
  if (options.database !== undefined) {
    const database = resolve(options.database);
    return { folder: absolute, database, thumbnails: `${database}.thumbnails` };
  }
  const inside = join(absolute, DATA_FOLDER);
  const home = (await isWritable(inside, absolute)) ? inside : join(options.fallbackFolder, await hashedName(absolute));
  return { folder: absolute, database: join(home, 'datavisor.duckdb'), thumbnails: join(home, 'thumbnails') };
}

async function requireReadableFolder(folder: string): Promise<void> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(folder)).isDirectory();
  } catch (error) {
    if (isAccessError(error)) throw unreadable(folder, error);
    throw new UserError('folder-missing', `The folder ${folder} does not exist. Check the path and try again.`, {
      cause: error,
    });
  }
  if (!isFolder) throw new UserError('not-a-folder', `${folder} is a file. Choose the folder that holds the images.`);
  try {
    await readdir(folder);
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** Whether `dataFolder`, or the dataset's folder while it does not exist, takes new files (tested by making one). */
async function isWritable(dataFolder: string, folder: string): Promise<boolean> {
  try {
    await access(dataFolder, constants.F_OK);
    return await canCreateIn(dataFolder);
  } catch {
    return canCreateIn(folder);
  }
}

/** Permission bits lie on network drives and for root, so the test is to create an entry and take it away. */
async function canCreateIn(folder: string): Promise<boolean> {
  try {
    await rmdir(await mkdtemp(join(folder, '.datavisor-test-')));
    return true;
  } catch {
    return false;
  }
}

/** The same dataset reached through a symbolic link has one database. */
async function hashedName(folder: string): Promise<string> {
  return createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 24);
}

function isAccessError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EACCES' || code === 'EPERM';
}

function unreadable(folder: string, cause: unknown): UserError {
  return new UserError(
    'folder-unreadable',
    `The folder ${folder} cannot be read. Check its permissions, or choose another folder.`,
    { cause },
  );
}
