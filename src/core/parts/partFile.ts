import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { UserError } from '../../protocol/userError';

/** A file that appears under its name when it is whole, and not before. */
export class PartFile {
  private constructor(
    readonly file: string,
    /** Where to write meanwhile: in the same folder, so that it can be renamed. */
    readonly draft: string,
  ) {}

  /** Finds out now, not after hours of work, whether it can be written. @throws UserError 'file-unwritable' */
  static async begin(file: string): Promise<PartFile> {
    const draft = `${file}.${randomUUID().slice(0, 8)}.tmp`;
    try {
      await writeFile(draft, '', { flag: 'wx' });
      await rm(draft); // a shard that is killed at work leaves nothing
    } catch (error) {
      throw unwritable(file, error);
    }
    return new PartFile(file, draft);
  }

  /** Replaces what has the name. @throws UserError 'file-unwritable' */
  async finish(): Promise<void> {
    try {
      await rename(this.draft, this.file);
    } catch (error) {
      throw unwritable(this.file, error);
    }
  }

  /** Takes away what was written so far; nothing after `finish`. */
  async discard(): Promise<void> {
    await rm(this.draft, { force: true });
  }
}

function unwritable(file: string, cause: unknown): UserError {
  return new UserError(
    'file-unwritable',
    `The file ${file} cannot be written. Check that its folder exists and can be written. ${String(cause)}`,
    { cause },
  );
}
