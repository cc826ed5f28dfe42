import { constants } from 'node:fs';
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../protocol/userError';
import type { Connection } from './connection';
import { removeAbandoned } from './abandoned';
import { asUserError, isUserError } from './databaseErrors';
import { ensureDerived } from './derive';
import { seedVocabulary } from './dimensions';
import { openDatabase } from './openDatabase';

const PREFIX = 'datavisor-snapshot-';
const ATTEMPTS = 6;
/** Stamp of a file that does not exist. */
const NO_FILE = 'none;';

/**
 * A private copy of a database that another process holds. DuckDB locks even readers out, but the file and its
 * write-ahead log can be copied at any time; what the log's end lacks is dropped as after a crash.
 */
export class Snapshot {
  private constructor(
    readonly connection: Connection,
    private readonly original: string,
    private readonly folder: string,
    private readonly stamp: string,
  ) {}

  /** @throws UserError `database-busy` when the original keeps changing, or as `openDatabase`. */
  static async take(original: string): Promise<Snapshot> {
    await removeAbandoned(tmpdir(), PREFIX);
    for (let attempt = 1; ; attempt++) {
      const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
      const copy = join(folder, 'snapshot.duckdb');
      try {
        const stamp = await copyConsistently(original, copy);
        if (stamp !== null) return new Snapshot(await openCopy(copy), original, folder, stamp);
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        // A checkpoint too quick for the clock of the file system shows as damage of the copy alone.
        if (!isUserError(error, 'database-damaged') || attempt === ATTEMPTS) throw nameOriginal(error, original, copy);
      }
      await rm(folder, { recursive: true, force: true });
      if (attempt === ATTEMPTS) {
        throw new UserError(
          'database-busy',
          `Another window or a command-line run is writing to ${original} all the time. Try again in a moment.`,
        );
      }
      await sleep(100 * attempt);
    }
  }

  /** Whether the original has not changed since. */
  async isCurrent(): Promise<boolean> {
    return (await stampOf(this.original)) + (await stampOf(`${this.original}.wal`)) === this.stamp;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A copy of an older schema is brought to the present one, and nobody else will seed it. */
async function openCopy(copy: string): Promise<Connection> {
  const connection = await openDatabase(copy);
  await seedVocabulary(connection.session);
  await ensureDerived(connection.session);
  return connection;
}

/** The person knows nothing of the copy, apart from a full disk, which is the one that it would be on. */
function nameOriginal(error: unknown, original: string, copy: string): unknown {
  const named = asUserError(error, isUserError(asUserError(error, copy), 'disk-full') ? copy : original);
  if (!(named instanceof UserError) || named.code === 'disk-full') return named;
  return new UserError(named.code, named.message.replaceAll(copy, original), { cause: error });
}

/** Null when the main file changed while it was copied. Returns the stamps of both files. */
async function copyConsistently(original: string, copy: string): Promise<string | null> {
  const before = await stampOf(original);
  const logBefore = await stampOf(`${original}.wal`);
  await copyFile(original, copy, constants.COPYFILE_FICLONE);
  if (logBefore !== NO_FILE) await copyIfThere(`${original}.wal`, `${copy}.wal`);
  return (await stampOf(original)) === before ? before + logBefore : null;
}

/** A checkpoint can take the log away at any time; the main file tells of it. */
async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function stampOf(file: string): Promise<string> {
  try {
    const { mtimeNs, size, ino } = await stat(file, { bigint: true });
    return `${ino}:${size}:${mtimeNs};`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_FILE;
    throw error;
  }
}
