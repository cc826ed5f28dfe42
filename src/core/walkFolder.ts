import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { IgnoreRules, LeftOutReason } from './ignoreRules';
import { isImageName } from './imageExtensions';

export interface WalkedFile {
  /** Relative to the dataset's folder, with slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Whole milliseconds: file systems and the database differ in what they keep below. */
  readonly mtimeMs: number;
}

export interface WalkOptions {
  readonly rules: IgnoreRules;
  /** Where to start, relative to the folder with slashes; '' (all of it) by default. */
  readonly under?: string;
  readonly signal?: AbortSignal;
  /** Which image files to look at, by path relative to the folder; all by default. Others are not even opened. */
  isWanted?(path: string): boolean;
  /** Hears of folders and files that cannot be looked at; the walk goes on. */
  onUnreadable(path: string, error: NodeJS.ErrnoException): void;
  /** Hears of images and folders that the rules leave out. */
  onLeftOut?(path: string, reason: LeftOutReason): void;
}

/** A folder or a file on the way. */
interface Place {
  readonly path: string;
  /** Absolute, without symbolic links. */
  readonly real: string;
}

const STATS_AT_A_TIME = 64;

/**
 * Walks over the image files of a folder, in the order of their names, files before subfolders. Links to files and
 * folders are followed, each target once: not when the target lies in the folder anyway, nor when another link led to
 * it already, so loops end. Memory holds the names of one folder and the paths of the folders seen.
 *
 * @throws the signal's reason when it is aborted
 */
export async function* walkFolder(folder: string, options: WalkOptions): AsyncGenerator<WalkedFile, void, undefined> {
  const walk = new Walk(await realpath(folder), options);
  const under = options.under ?? '';
  const pending: Place[] = [{ path: under, real: await realpath(join(folder, under)) }];
  for (let current = pending.pop(); current; current = pending.pop()) {
    options.signal?.throwIfAborted();
    const { files, folders } = await walk.list(current);
    for (let i = 0; i < files.length; i += STATS_AT_A_TIME) {
      options.signal?.throwIfAborted();
      const stats = await Promise.all(files.slice(i, i + STATS_AT_A_TIME).map((file) => walk.stat(file)));
      for (const file of stats) if (file) yield file;
    }
    for (const subfolder of folders.reverse()) pending.push(subfolder);
  }
}

class Walk {
  private readonly seenFolders = new Set<string>();
  private readonly linkedFiles = new Set<string>();

  constructor(
    private readonly root: string,
    private readonly options: WalkOptions,
  ) {}

  /** The images and folders of a folder; none when another path led to it before. */
  async list(folder: Place): Promise<{ files: Place[]; folders: Place[] }> {
    const found = { files: [] as Place[], folders: [] as Place[] };
    if (this.seenFolders.has(folder.real)) return found;
    this.seenFolders.add(folder.real);
    const rules = await this.options.rules.inFolder(folder.path);
    for (const entry of await this.read(folder)) {
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`;
      const direct: Place & { isFolder?: boolean } = { path, real: join(folder.real, entry.name) };
      const target = entry.isSymbolicLink() ? await this.follow(direct) : direct;
      if (!target) continue;
      const isFolder = target.isFolder ?? entry.isDirectory();
      if (!isFolder && !entry.isSymbolicLink() && !(entry.isFile() && isImageName(entry.name))) continue;
      const reason = rules.leftOut(entry.name, isFolder);
      if (reason) this.options.onLeftOut?.(path, reason);
      else if (isFolder) found.folders.push(target);
      else if (this.options.isWanted?.(path) ?? true) found.files.push(target);
    }
    return found;
  }

  /** Null for what is no regular file, vanished meanwhile or cannot be looked at. */
  async stat(file: Place): Promise<WalkedFile | null> {
    const stats = await this.attempt(file.path, () => stat(file.real));
    return stats?.isFile() ? { path: file.path, size: stats.size, mtimeMs: Math.round(stats.mtimeMs) } : null;
  }

  private async read(folder: Place): Promise<Dirent[]> {
    const entries = await this.attempt(folder.path, () => readdir(folder.real, { withFileTypes: true }));
    // Sorted, so that the same folder gives the same ids, and with them the same map, on every machine.
    return (entries ?? []).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private async follow(link: Place): Promise<(Place & { isFolder: boolean }) | null> {
    const real = await this.attempt(link.path, () => realpath(link.real));
    const stats = real === null ? null : await this.attempt(link.path, (): Promise<Stats> => stat(link.real));
    if (real === null || stats === null) return null;
    const isFolder = stats.isDirectory();
    if (!isFolder && !(stats.isFile() && isImageName(link.path))) return null;
    if (await this.isFoundAnyway(real, isFolder)) return null;
    if (!isFolder) {
      if (this.linkedFiles.has(real)) return null;
      this.linkedFiles.add(real);
    }
    return { path: link.path, real, isFolder };
  }

  /** Whether a link's target lies in the walked folder and is not left out there, or contains that folder. */
  private async isFoundAnyway(real: string, isFolder: boolean): Promise<boolean> {
    const path = relative(this.root, real);
    if (path === '' || (isFolder && `${this.root}${sep}`.startsWith(real.endsWith(sep) ? real : `${real}${sep}`)))
      return true;
    if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return false;
    if (!isFolder && !isImageName(path)) return false;
    return (await this.options.rules.leftOut(path.split(sep).join('/'), isFolder)) === null;
  }

  /** Null, reported, when it fails; a file that vanished and a link that leads nowhere are nothing to report. */
  private async attempt<T>(path: string, action: () => Promise<T>): Promise<T | null> {
    try {
      return await action();
    } catch (error) {
      const failure = error as NodeJS.ErrnoException;
      if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes(failure.code ?? '')) this.options.onUnreadable(path, failure);
      return null;
    }
  }
}
