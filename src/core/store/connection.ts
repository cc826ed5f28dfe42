import { existsSync, realpathSync } from 'node:fs';
import { totalmem } from 'node:os';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { asUserError } from './databaseErrors';
import { loadDuckDB } from './duckdb';
import { Session } from './session';
import { UserError } from '../../protocol/userError';

/**
 * Files this process has open. DuckDB's lock belongs to the process, so a second opening (or merely copying the file)
 * in the same process would silently give the first one's lock away.
 */
const openHere = new Set<string>();

/** One open database file with its one connection. */
export class Connection {
  private isOpen = true;

  private constructor(
    readonly session: Session,
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly key: string,
  ) {}

  /**
   * @param name the file to name in errors, when it is another one to the person.
   * @throws UserError `database-busy`, `database-damaged`, `database-newer`, `database-not-writable`, `disk-full`.
   */
  static async open(file: string, access: 'READ_WRITE' | 'READ_ONLY', name = file): Promise<Connection> {
    const key = identity(file);
    if (openHere.has(key)) {
      throw new UserError('database-busy', `The database ${file} is already open in this window.`);
    }
    const duckdb = await loadDuckDB();
    openHere.add(key);
    try {
      const instance = await duckdb.DuckDBInstance.create(file, {
        access_mode: access,
        memory_limit: `${memoryLimitMb()}MB`,
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
      });
      const connection = await instance.connect();
      return new Connection(new Session(duckdb, connection), instance, connection, key);
    } catch (error) {
      openHere.delete(key);
      throw asUserError(error, name);
    }
  }

  /** Closing writes everything into the file and removes its `.wal`. Closing again does nothing. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    openHere.delete(this.key);
    this.connection.disconnectSync();
    this.instance.closeSync();
  }
}

/** Whether this process holds the file, so that not even copying it is allowed here. */
export function isOpenHere(file: string): boolean {
  return openHere.has(identity(file));
}

function identity(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

/** A quarter of the memory: the database shares the machine with an editor and a worker. */
function memoryLimitMb(): number {
  return Math.max(512, Math.floor(totalmem() / 4 / 2 ** 20));
}
