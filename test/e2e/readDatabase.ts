import { DuckDBInstance, type Json } from '@duckdb/node-api';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** Asks a copy of a dataset's database as it is now: the window that shows the dataset holds the file itself. */
export async function readDatabase(folder: string, sql: string): Promise<Record<string, Json>[]> {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'dv-copy-'));
  const file = path.join(copy, 'datavisor.duckdb');
  fs.copyFileSync(path.join(folder, '.datavisor', 'datavisor.duckdb'), file);
  const wal = path.join(folder, '.datavisor', 'datavisor.duckdb.wal');
  if (fs.existsSync(wal)) fs.copyFileSync(wal, `${file}.wal`);
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(sql);
  const rows = reader.getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  fs.rmSync(copy, { recursive: true, force: true });
  return rows;
}
