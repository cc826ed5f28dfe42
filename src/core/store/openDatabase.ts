import { copyFile, link, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DATA_FOLDER } from '../datasetLocation';
import { removeAbandoned } from './abandoned';
import { Connection } from './connection';
import { asUserError } from './databaseErrors';
import { migrate, schemaVersion } from './migrate';
import { MIGRATIONS, type Migration } from './migrations';

/** Stands in the name of a database that is being made, before the number of the process that makes it. */
const DRAFT = '.new-';

/**
 * Opens a database for writing: makes a new one, or brings an existing one to the present schema after copying its
 * file aside (`FILE.schema-N.backup`).
 *
 * @throws UserError as `Connection.open` and `schemaVersion`.
 */
export async function openDatabase(file: string, migrations: readonly Migration[] = MIGRATIONS): Promise<Connection> {
  try {
    await prepareFolder(dirname(file));
    await removeAbandoned(dirname(file), `${basename(file)}${DRAFT}`);
    if (await isNothing(file)) await createDatabase(file, migrations);
    const connection = await Connection.open(file, 'READ_WRITE');
    const version = await versionOf(connection, file, migrations);
    return version === migrations.length ? connection : await upgrade(connection, file, version, migrations);
  } catch (error) {
    throw asUserError(error, file);
  }
}

/** Opens an existing database of the present schema without changing it; null when its schema is older. */
export async function openReadOnly(file: string): Promise<Connection | null> {
  const connection = await Connection.open(file, 'READ_ONLY');
  if ((await versionOf(connection, file, MIGRATIONS)) === MIGRATIONS.length) return connection;
  connection.close();
  return null;
}

async function versionOf(connection: Connection, file: string, migrations: readonly Migration[]): Promise<number> {
  try {
    return await schemaVersion(connection.session, file, migrations);
  } catch (error) {
    connection.close();
    throw asUserError(error, file);
  }
}

async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (basename(folder) !== DATA_FOLDER) return;
  try {
    await writeFile(join(folder, '.gitignore'), '*\n!vocabulary.json\n', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** An empty file holds nothing to lose: `mktemp` makes them. */
async function isNothing(file: string): Promise<boolean> {
  try {
    const { size } = await stat(file);
    return size === 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}

/** Builds the file beside its place and then links it there: a process that dies half-way leaves no half database. */
async function createDatabase(file: string, migrations: readonly Migration[]): Promise<void> {
  const draft = `${file}${DRAFT}${process.pid}`;
  await rm(draft, { force: true });
  try {
    const connection = await Connection.open(draft, 'READ_WRITE', file);
    try {
      await migrate(connection.session, 0, migrations);
      await connection.session.run('CHECKPOINT'); // closing does so too, but says nothing when it fails
    } finally {
      connection.close();
    }
    await setOrphanAside(`${file}.wal`);
    await place(draft, file);
  } finally {
    await rm(draft, { force: true });
    await rm(`${draft}.wal`, { force: true });
  }
}

/** A write-ahead log whose database is gone must not be replayed into the new one. */
async function setOrphanAside(log: string): Promise<void> {
  try {
    await rename(log, `${log}.orphan-${Date.now()}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** A link never replaces what another process has put there meanwhile; not every file system has them. */
async function place(draft: string, file: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && !(await isNothing(file))) return;
    await rename(draft, file);
  }
}

async function upgrade(
  connection: Connection,
  file: string,
  version: number,
  migrations: readonly Migration[],
): Promise<Connection> {
  if (version > 0) {
    connection.close(); // so that everything is in the file, and no lock is lost by copying it
    await copyFile(file, `${file}.schema-${version}.backup`);
    connection = await Connection.open(file, 'READ_WRITE');
  }
  try {
    await migrate(connection.session, version, migrations);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
