import type { DuckDBConnection, DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { DuckDB } from './duckdb';
import type { Subject } from './subject';

export type Parameter = string | number | boolean | null;

/** One column to append. `vectors` holds rows of `length` numbers one after the other. */
export type Column =
  | { readonly type: 'INTEGER' | 'UTINYINT' | 'FLOAT' | 'DOUBLE'; readonly values: ArrayLike<number | null> }
  | { readonly type: 'VARCHAR'; readonly values: readonly (string | null)[] }
  | { readonly type: 'BOOLEAN'; readonly values: readonly boolean[] }
  | { readonly type: 'BLOB'; readonly bytes: Uint8Array; readonly length: number }
  | { readonly type: 'FLOAT[]' | 'FLOAT[n]'; readonly vectors: Float32Array; readonly length: number };

/** DuckDB's vector size: the most rows of one data chunk. */
const CHUNK_ROWS = 2048;

/** What the store's functions use of one connection. Texts come from the code, values are always bound. */
export class Session {
  /** What was found out about the database and holds until its subject changes (`remember`). */
  readonly remembered: Readonly<Record<Subject, Map<string, Promise<unknown>>>> = { tags: new Map(), files: new Map() };

  constructor(
    private readonly duckdb: DuckDB,
    private readonly connection: DuckDBConnection,
  ) {}

  async run(sql: string, parameters: readonly Parameter[] = []): Promise<void> {
    await this.connection.run(sql, [...parameters]);
  }

  /** Rows as objects. `T` is a promise of the caller about its own SQL: select INTEGER, DOUBLE, VARCHAR, BOOLEAN, lists. */
  async rows<T>(sql: string, parameters: readonly Parameter[] = []): Promise<T[]> {
    const reader = await this.connection.runAndReadAll(sql, [...parameters]);
    return reader.getRowObjectsJS() as T[];
  }

  /** The one row of a query that always has one. */
  async row<T>(sql: string, parameters: readonly Parameter[] = []): Promise<T> {
    const rows = await this.rows<T>(sql, parameters);
    if (rows.length !== 1) throw new Error(`${rows.length} rows where one was expected: ${sql}`);
    return rows[0];
  }

  /** The INTEGER column of a query. */
  async integers(sql: string, parameters: readonly Parameter[] = []): Promise<Int32Array> {
    const chunks = await this.chunks(sql, parameters);
    const result = new Int32Array(chunks.reduce((total, chunk) => total + chunk.rowCount, 0));
    let at = 0;
    for (const chunk of chunks) {
      const vector = chunk.getColumnVector(0);
      for (let row = 0; row < chunk.rowCount; row++) result[at++] = vector.getItem(row) as number;
    }
    return result;
  }

  /** The result in DuckDB's own chunks, for columns of numbers. */
  async chunks(sql: string, parameters: readonly Parameter[] = []): Promise<DuckDBDataChunk[]> {
    const result = await this.connection.run(sql, [...parameters]);
    return result.fetchAllChunks();
  }

  /** Appends rows to a table, whose columns must be these, in this order. */
  append(table: string, columns: readonly Column[]): Promise<void> {
    return this.appendTo(table, null, columns);
  }

  /** Makes (or remakes) a temporary table of these columns. */
  async stage(table: string, columns: Readonly<Record<string, Column>>): Promise<void> {
    const definitions = Object.entries(columns).map(([name, column]) => `${name} ${column.type}`);
    await this.run(`CREATE OR REPLACE TEMP TABLE ${table} (${definitions.join(', ')})`);
    await this.appendTo(table, 'temp', Object.values(columns));
  }

  private async appendTo(table: string, catalog: string | null, columns: readonly Column[]): Promise<void> {
    const total = rowCount(columns[0]);
    if (total === 0) return;
    const types = columns.map((column) => this.typeOf(column));
    const appender = await this.connection.createAppender(table, catalog && 'main', catalog);
    try {
      for (let start = 0; start < total; start += CHUNK_ROWS) {
        const count = Math.min(CHUNK_ROWS, total - start);
        const chunk = this.duckdb.DuckDBDataChunk.create(types, count);
        columns.forEach((column, index) => chunk.setColumnValues(index, this.slice(column, start, count)));
        appender.appendDataChunk(chunk);
      }
      appender.flushSync();
    } finally {
      appender.closeSync();
    }
  }

  private typeOf(column: Column): DuckDBType {
    switch (column.type) {
      case 'FLOAT[]':
        return this.duckdb.LIST(this.duckdb.FLOAT);
      case 'FLOAT[n]':
        return this.duckdb.ARRAY(this.duckdb.FLOAT, column.length);
      default:
        return this.duckdb[column.type];
    }
  }

  private slice(column: Column, start: number, count: number): DuckDBValue[] {
    const { DuckDBBlobValue, listValue, arrayValue } = this.duckdb;
    const numbers = ({ vectors, length }: { vectors: Float32Array; length: number }, row: number) =>
      Array.from(vectors.subarray((start + row) * length, (start + row + 1) * length));
    switch (column.type) {
      case 'BLOB': {
        const { bytes, length } = column;
        return Array.from(
          { length: count },
          (_, row) => new DuckDBBlobValue(bytes.slice((start + row) * length, (start + row + 1) * length)),
        );
      }
      case 'FLOAT[]':
        return Array.from({ length: count }, (_, row) => listValue(numbers(column, row)));
      case 'FLOAT[n]':
        return Array.from({ length: count }, (_, row) => arrayValue(numbers(column, row)));
      default: {
        const { values } = column;
        return Array.from({ length: count }, (_, row) => values[start + row] ?? null);
      }
    }
  }
}

function rowCount(column: Column): number {
  if ('values' in column) return column.values.length;
  return ('bytes' in column ? column.bytes : column.vectors).length / column.length;
}

/** `stage` with a single column of sample ids. */
export function stageIds(session: Session, table: string, ids: ArrayLike<number>): Promise<void> {
  return session.stage(table, { id: { type: 'INTEGER', values: ids } });
}
