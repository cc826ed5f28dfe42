import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../protocol/userError';

/**
 * Writes a file so that it is there whole or as it was before: to a name beside it first.
 *
 * @throws UserError `file-not-writable`
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = join(dirname(file), `.${basename(file)}.${process.pid}`);
  try {
    await writeFile(draft, text);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined); // the failure to write is the one to tell
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError('file-not-writable', `${file} could not be written: ${reason}. Choose another place.`, {
      cause: error,
    });
  }
}
