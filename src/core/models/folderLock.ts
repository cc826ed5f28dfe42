import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOCK_FILE = '.datavisor.lock';
/** How often the holder shows that it lives, and after what silence it counts as dead (on a share, its pid says nothing). */
const BEAT_MS = 5_000;
const DEAD_AFTER_MS = 60_000;
const POLL_MS = 200;

/**
 * Waits until no other process (or call) works on the folder, then holds it until `release`. A holder that was killed
 * holds nothing.
 * @param onWait called now and then while another one holds it
 */
export async function lockFolder(
  folder: string,
  signal: AbortSignal,
  onWait: () => void = () => undefined,
): Promise<{ release(): Promise<void> }> {
  const file = join(folder, LOCK_FILE);
  const token = `${process.pid} ${hostname()} ${randomUUID()}`;
  while (!(await take(file, token))) {
    signal.throwIfAborted();
    if (await clearIfDead(file)) continue;
    onWait();
    await sleep(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), BEAT_MS);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      if ((await contentOf(file)) === token) await rm(file, { force: true });
    },
  };
}

/** Whether a living process holds the folder. */
export async function isLocked(folder: string): Promise<boolean> {
  const file = join(folder, LOCK_FILE);
  return (await contentOf(file)) !== null && !(await clearIfDead(file));
}

async function take(file: string, token: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(token);
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the lock when its holder is dead. True when the lock may be tried for. */
async function clearIfDead(file: string): Promise<boolean> {
  const content = await contentOf(file);
  const stats = await stat(file).catch(() => null);
  if (content === null || !stats) return true; // released meanwhile
  const [pid, host] = content.split(' ');
  const silent = Date.now() - stats.mtimeMs > DEAD_AFTER_MS;
  const gone = host === hostname() && !isAlive(Number(pid));
  if (!silent && !gone) return false;
  // Another waiter may have found the same and hold the lock by now: take it aside, and back if it was not this one.
  const aside = `${file}.${randomUUID()}.tmp`;
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  );
  if (moved) {
    const taken = await contentOf(aside);
    if (taken !== null && taken !== content) await link(aside, file).catch(() => undefined);
    await rm(aside, { force: true });
  }
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // another user's
  }
}

function contentOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
