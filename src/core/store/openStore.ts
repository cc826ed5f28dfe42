import { stat } from 'node:fs/promises';
import { UserError } from '../../protocol/userError';
import type { DatasetLocation } from '../datasetLocation';
import { isOpenHere } from './connection';
import { isUserError } from './databaseErrors';
import { isDerived } from './derive';
import { openDatabase, openReadOnly } from './openDatabase';
import { seed } from './seed';
import { Snapshot } from './snapshot';
import { Store } from './store';

/**
 * `write` takes the database; `prefer-write` falls back to a copy of it when another process has it; `read` never
 * keeps others from writing for longer than it is open.
 */
export type AccessMode = 'write' | 'prefer-write' | 'read';

export interface OpenedStore {
  readonly store: Store;
  /** Why nothing can be written, in words, or null. */
  readonly readOnly: string | null;
  /** The copy that the store reads, when it is one. */
  readonly snapshot: Snapshot | null;
}

/** @throws UserError as `Dataset.open`. */
export async function openStore(location: DatasetLocation, access: AccessMode): Promise<OpenedStore> {
  if (access === 'read') return openForReading(location);
  try {
    return await openForWriting(location);
  } catch (error) {
    const elsewhere = isUserError(error, 'database-busy') || isUserError(error, 'database-not-writable');
    if (access === 'write' || !elsewhere || !(await canRead(location))) throw error;
    return openSnapshot(location.database, error.message);
  }
}

/** A copy of the database as it is now. */
export async function openSnapshot(database: string, readOnly: string): Promise<OpenedStore> {
  const snapshot = await Snapshot.take(database);
  return { store: new Store(snapshot.connection, database, readOnly, null), readOnly, snapshot };
}

async function openForWriting(location: DatasetLocation): Promise<OpenedStore> {
  const reopen = () => openDatabase(location.database);
  const store = new Store(await reopen(), location.database, null, reopen);
  try {
    await store.write((session) => seed(session, location));
  } catch (error) {
    await store.close();
    throw error;
  }
  return { store, readOnly: null, snapshot: null };
}

async function openForReading({ database }: DatasetLocation): Promise<OpenedStore> {
  await requireExisting(database);
  const readOnly = 'This dataset was opened for reading only. Open it for writing to change it.';
  try {
    const connection = await openReadOnly(database);
    if (connection && (await isDerived(connection.session))) {
      return { store: new Store(connection, database, readOnly, null), readOnly, snapshot: null };
    }
    connection?.close(); // a copy can be brought to the present rules
  } catch (error) {
    if (!isUserError(error, 'database-busy') || isOpenHere(database)) throw error;
  }
  return openSnapshot(database, readOnly);
}

/** A file that this process itself has open must not even be copied by it. */
async function canRead({ database }: DatasetLocation): Promise<boolean> {
  if (isOpenHere(database)) return false;
  return stat(database).then(
    () => true,
    () => false,
  );
}

async function requireExisting(database: string): Promise<void> {
  try {
    await stat(database);
  } catch (error) {
    throw new UserError(
      'not-indexed',
      'This folder has not been indexed yet. Run "Index Folder" or "datavisor index" first.',
      {
        cause: error,
      },
    );
  }
}
