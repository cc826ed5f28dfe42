import { open } from 'node:fs/promises';
import { UserError } from '../protocol/userError';

/** Far more than the vocabularies of all known taggers together. */
const MOST_BYTES = 32 * 2 ** 20;

/**
 * The text of a CSV file, in UTF-8 or UTF-16 with its mark, as spreadsheets write them.
 *
 * @throws UserError `file-unreadable`, `file-too-large`, `not-csv`
 */
export async function readCsvFile(file: string): Promise<string> {
  const bytes = await readBounded(file);
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // what a decoder throws at bytes that are no text
  }
  throw new UserError('not-csv', `${file} is not a CSV file: it is not text. Save the table as CSV in UTF-8.`);
}

async function readBounded(file: string): Promise<Buffer> {
  try {
    return await readWithin(file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError('file-unreadable', `${file} could not be read: ${reason}.`, { cause: error });
  }
}

async function readWithin(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size > MOST_BYTES) {
      const megabytes = Math.round(size / 2 ** 20);
      throw new UserError(
        'file-too-large',
        `${file} has ${megabytes} MB; a table of tags may have ${MOST_BYTES / 2 ** 20}. Choose the CSV file of the tags.`,
      );
    }
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
