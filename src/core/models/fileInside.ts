import { realpath, stat } from 'node:fs/promises';
import { join, relative, sep, isAbsolute } from 'node:path';

/** Why a file of a folder is not used, in words that follow on its name: "does not exist". */
export class FileRefused extends Error {
  constructor(readonly why: string) {
    super(why);
    this.name = 'FileRefused';
  }
}

/** A file as it is on the disk. */
export interface FoundFile {
  /** Absolute, without links. */
  readonly file: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/**
 * A file of a folder, links followed.
 * @param folder absolute
 * @param path relative to the folder
 * @param mostBytes larger files are refused
 * @throws FileRefused when it is not there, no plain file, too large, or lies outside of the folder
 */
export async function fileInside(folder: string, path: string, mostBytes = Infinity): Promise<FoundFile> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    const inside = relative(root, file);
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
      throw new FileRefused(`leads out of ${folder}, which is not followed: put the file itself there`);
    }
    const stats = await stat(file);
    const { size, mtimeMs } = stats;
    if (!stats.isFile()) throw new FileRefused('is no file');
    if (size > mostBytes) throw new FileRefused(`has ${size} bytes, which is far more than it should need`);
    return { file, bytes: size, mtimeMs };
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    throw new FileRefused(isMissing ? 'does not exist' : `cannot be read: ${message}`);
  }
}
