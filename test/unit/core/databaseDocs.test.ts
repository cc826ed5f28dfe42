import assert from 'node:assert/strict';
import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../../../src/core/store/openDatabase';
import type { Session } from '../../../src/core/store/session';
import { addSamples, analysisOf, analyze, TemporaryDatasets } from './temporaryDataset';

describe('docs/database.md', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  async function withDatabase(use: (session: Session, folder: string) => Promise<void>): Promise<void> {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a.jpg', 'val/b.jpg']);
    await analyze(
      dataset,
      ids.map((id) => analysisOf(id, ['lighting:dark:90'], { contentHash: 'same' })),
    );
    const vectors = Float32Array.of(1, 0, 0.6, 0.8);
    await dataset.commitEmbeddings('visual-look', {
      ids: Int32Array.from(ids),
      vectors,
      signCodes: new Uint8Array(64),
    });
    await dataset.tagging.decide({ ids: Int32Array.of(ids[0]) }, ['dark'], 'removed', null);
    await dataset.close();
    const connection = await openDatabase(dataset.location.database);
    try {
      await use(connection.session, dataset.location.folder);
    } finally {
      connection.close();
    }
  }

  it('names every table and column', async () => {
    const text = await readFile('docs/database.md', 'utf8');
    await withDatabase(async (session) => {
      const columns = await session.rows<{ table: string; column: string }>(
        `SELECT table_name AS "table", column_name AS "column" FROM duckdb_columns()
         WHERE schema_name = 'main' AND database_name NOT IN ('system', 'temp')`,
      );
      assert(columns.length > 80);
      for (const { table, column } of columns) {
        const mention = `\`${column}\``;
        assert(new RegExp(`(^### .*\\b${table}\\b|\`${table}\`)`, 'm').test(text), `the table ${table}`);
        assert(text.includes(mention), `the column ${table}.${column}`);
      }
    });
  });

  it('has queries that run, and find what they say', async () => {
    const text = await readFile('docs/database.md', 'utf8');
    const queries = [...text.matchAll(/```sql\n([^`]*)```/g)].map(([, sql]) => sql);
    assert(queries.length >= 8);
    await withDatabase(async (session, folder) => {
      const target = await mkdtemp(join(folder, 'out-'));
      for (const sql of queries) {
        const rows = await session.rows(sql.replace(`'tags.csv'`, `'${join(target, 'tags.csv')}'`));
        const expected = sql.includes("tagging_status = 'failed'") ? 0 : 1;
        assert(rows.length >= expected, sql);
      }
      assert.equal(await readFile(join(target, 'tags.csv'), 'utf8'), 'path,tags\na.jpg,""\nval/b.jpg,dark\n');
    });
  });
});
