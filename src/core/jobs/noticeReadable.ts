import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobContext } from './jobContext';

const AT_A_TIME = 32;

/**
 * Has the next try come of files that could not be read and now can be opened: who has just mended a permission does
 * not want to wait for it.
 */
export async function noticeReadable({ dataset, signal }: JobContext): Promise<void> {
  const waiting = await dataset.waitingFiles();
  const readable: number[] = [];
  for (let start = 0; start < waiting.length; start += AT_A_TIME) {
    signal.throwIfAborted();
    const some = waiting.slice(start, start + AT_A_TIME);
    const looks = await Promise.allSettled(
      some.map(({ path }) => access(join(dataset.location.folder, path), constants.R_OK)),
    );
    readable.push(...some.filter((_, index) => looks[index].status === 'fulfilled').map(({ id }) => id));
  }
  if (readable.length > 0) await dataset.makeDue(readable);
}
