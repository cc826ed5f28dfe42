import type * as duckdb from '@duckdb/node-api';
import { UserError } from '../../protocol/userError';

export type DuckDB = typeof duckdb;

let loading: Promise<DuckDB> | undefined;

/**
 * DuckDB, loaded by the first dataset that is opened: nothing native loads with the extension.
 * @throws UserError `duckdb-unavailable` where there is no build of it for this machine.
 */
export async function loadDuckDB(): Promise<DuckDB> {
  loading ??= import('@duckdb/node-api');
  try {
    return await loading;
  } catch (error) {
    loading = undefined;
    const platform = `${process.platform}-${process.arch}`;
    throw new UserError(
      'duckdb-unavailable',
      `The database engine (DuckDB) could not be loaded on ${platform}. Install the extension's build for this platform. (${String(error)})`,
      { cause: error },
    );
  }
}
