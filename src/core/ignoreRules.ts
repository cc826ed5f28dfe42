import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';
import { prefixGitignore } from './prefixGitignore';

/** Why an entry of a folder is no part of the dataset. */
export type LeftOutReason = 'hidden' | 'gitignore' | 'excluded';

/** What applies to the entries of one folder. */
export interface FolderRules {
  /** Why the entry is left out, or null. That the folder itself is not left out is the caller's to know. */
  leftOut(name: string, isFolder: boolean): LeftOutReason | null;
}

/** `ignore` remembers every path it was asked about; with millions of files that memory has to be dropped at times. */
const TESTS_BEFORE_RENEWAL = 20_000;

/**
 * Which files and folders of a dataset are left out: hidden ones (a dot in front, `.datavisor` among them), those that
 * a `.gitignore` of the dataset's folder or below names, and those that match a glob. Ignore files above the dataset's
 * folder do not count: who opens a folder wants to see what is in it.
 */
export class IgnoreRules {
  private readonly excluded: (path: string) => boolean;
  private readonly gitignores = new Map<string, Promise<GitignoreChain | null>>();

  /**
   * @param folder absolute path of the dataset
   * @param exclude globs over slash-separated paths relative to the folder, as in the setting `files.exclude`
   */
  constructor(
    private readonly folder: string,
    exclude: readonly string[],
  ) {
    const globs = exclude.filter((glob) => glob.trim() !== '');
    this.excluded = globs.length > 0 ? picomatch(globs, { dot: true }) : () => false;
  }

  /** @param path of the folder, relative to the dataset with slashes, '' for the dataset's own */
  async inFolder(path: string): Promise<FolderRules> {
    const gitignore = await this.gitignore(path);
    const prefix = path === '' ? '' : `${path}/`;
    return {
      leftOut: (name, isFolder) => {
        if (name.startsWith('.')) return 'hidden';
        const full = prefix + name;
        if (gitignore?.ignores(isFolder ? `${full}/` : full)) return 'gitignore';
        return this.excluded(full) ? 'excluded' : null;
      },
    };
  }

  /** The same for a whole path: left out when it, or a folder it lies in, is. */
  async leftOut(path: string, isFolder: boolean): Promise<LeftOutReason | null> {
    const names = path.split('/');
    for (const [i, name] of names.entries()) {
      const rules = await this.inFolder(names.slice(0, i).join('/'));
      const reason = rules.leftOut(name, isFolder || i < names.length - 1);
      if (reason) return reason;
    }
    return null;
  }

  /** The rules of a folder's own ignore file on top of those of the folders above it. */
  private gitignore(path: string): Promise<GitignoreChain | null> {
    let chain = this.gitignores.get(path);
    if (!chain) {
      chain = this.loadGitignore(path);
      this.gitignores.set(path, chain);
    }
    return chain;
  }

  private async loadGitignore(path: string): Promise<GitignoreChain | null> {
    const above = path === '' ? null : await this.gitignore(path.slice(0, Math.max(0, path.lastIndexOf('/'))));
    const own = await readGitignore(join(this.folder, path, '.gitignore'));
    return own === null ? above : new GitignoreChain(above, prefixGitignore(own, path));
  }
}

class GitignoreChain {
  private rules: Ignore;
  private tests = 0;

  constructor(above: GitignoreChain | null, patterns: readonly string[]) {
    this.rules = newIgnore();
    if (above) this.rules.add(above.rules);
    // As objects, so that a line break in a folder's name does not split a pattern.
    this.rules.add(patterns.map((pattern) => ({ pattern })));
  }

  ignores(path: string): boolean {
    if (++this.tests % TESTS_BEFORE_RENEWAL === 0) this.rules = newIgnore().add(this.rules);
    return this.rules.ignores(path);
  }
}

function newIgnore(): Ignore {
  return ignore({ ignorecase: process.platform !== 'linux' });
}

/** Null when there is none; one that cannot be read counts as none, like its folder's other unreadable files. */
async function readGitignore(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
