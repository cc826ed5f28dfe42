import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { headerOf } from '../../src/worker/header/readHeader';
import { decodeImage } from '../../src/worker/image/decodeImage';
import { mapInFlight } from '../../src/worker/mapInFlight';

const IN_FLIGHT = 8;

/** Only reads and decodes the files named in a list, as the worker does: the floor under all that it does with them. */
export async function decodeRun(list: string): Promise<void> {
  sharp.cache(false);
  sharp.concurrency(1);
  const files = (await readFile(list, 'utf8')).trim().split('\n');
  await mapInFlight(files, IN_FLIGHT, new AbortController().signal, async (file) => {
    const bytes = await readFile(file);
    await decodeImage(bytes, await headerOf(bytes));
  });
}
