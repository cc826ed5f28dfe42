import { UserError } from '../../protocol/userError';
import type { Migration } from './migrations';
import type { Session } from './session';
import { inTransaction } from './transaction';

/**
 * The version of an open database, 0 when it has no table at all.
 * @throws UserError `database-newer` above the last of `migrations`, `database-foreign` when it is not DataVisor's.
 */
export async function schemaVersion(session: Session, file: string, migrations: readonly Migration[]): Promise<number> {
  const tables = await session.rows<{ name: string }>(
    `SELECT table_name AS name FROM duckdb_tables() WHERE NOT internal AND NOT temporary`,
  );
  if (tables.length === 0) return 0;
  if (!tables.some(({ name }) => name === 'schema_migrations')) {
    throw new UserError(
      'database-foreign',
      `${file} is a DuckDB database, but not one of DataVisor's. Choose another file; this one was not changed.`,
    );
  }
  const { version } = await session.row<{ version: number }>(
    'SELECT coalesce(max(version), 0)::INTEGER AS version FROM schema_migrations',
  );
  if (version > migrations.length) {
    throw new UserError(
      'database-newer',
      `The database ${file} was written by a newer version of DataVisor (its schema is ${version}, this version knows ` +
        `${migrations.length}). Update DataVisor to open it; nothing was changed.`,
    );
  }
  return version;
}

/** Applies what is missing above `from`, each step in a transaction of its own. */
export async function migrate(session: Session, from: number, migrations: readonly Migration[]): Promise<void> {
  for (const { version, name, sql } of migrations.slice(from)) {
    await inTransaction(session, async () => {
      await session.run(
        'CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)',
      );
      await session.run(sql);
      await session.run('INSERT INTO schema_migrations VALUES ($1::INTEGER, $2, make_timestamp($3::BIGINT * 1000))', [
        version,
        name,
        Date.now(),
      ]);
    });
  }
}
