import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Dataset } from '../../../src/core/dataset';
import { locateDataset } from '../../../src/core/datasetLocation';
import { Connection } from '../../../src/core/store/connection';
import { MIGRATIONS } from '../../../src/core/store/migrations';
import { openDatabase } from '../../../src/core/store/openDatabase';
import { addSamples, TemporaryDatasets } from './temporaryDataset';

describe('locateDataset', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  it('keeps everything in .datavisor inside the folder, or beside a database that was named', async () => {
    const folder = await temporary.folder();
    assert.deepEqual(await locateDataset(folder, { fallbackFolder: '/elsewhere' }), {
      folder,
      database: join(folder, '.datavisor', 'datavisor.duckdb'),
      thumbnails: join(folder, '.datavisor', 'thumbnails'),
    });
    const database = join(folder, 'named.duckdb');
    const named = await locateDataset(folder, { fallbackFolder: '/elsewhere', database });
    assert.equal(named.database, database);
    assert.deepEqual(await readdir(folder), []);
  });

  it('goes to the fallback when the folder cannot be written, the same for a link to it', async function () {
    const folder = await temporary.folder();
    let images = join(folder, 'images');
    await mkdir(images, { mode: 0o555 });
    if (await isWritableAnyway(images)) images = '/proc/self/task'; // root writes everywhere else
    if (await isWritableAnyway(images)) this.skip();
    await symlink(images, join(folder, 'link'));
    const location = await locateDataset(images, { fallbackFolder: join(folder, 'fallback') });
    assert.equal(dirname(dirname(location.database)), join(folder, 'fallback'));
    const linked = await locateDataset(join(folder, 'link'), { fallbackFolder: join(folder, 'fallback') });
    assert.equal(linked.database, location.database);
  });

  it('goes to the fallback when .datavisor is a file', async () => {
    const folder = await temporary.folder();
    await writeFile(join(folder, '.datavisor'), '');
    const location = await locateDataset(folder, { fallbackFolder: join(folder, 'fallback') });
    assert.equal(dirname(dirname(location.database)), join(folder, 'fallback'));
  });

  it('says when there is no such folder', async () => {
    const folder = await temporary.folder();
    await writeFile(join(folder, 'file'), '');
    const options = { fallbackFolder: folder };
    await assert.rejects(locateDataset(join(folder, 'none'), options), { code: 'folder-missing' });
    await assert.rejects(locateDataset(join(folder, 'file'), options), { code: 'not-a-folder' });
  });
});

describe('Dataset.open', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  it('makes the database in one step, with a .gitignore beside it', async () => {
    const { location } = await temporary.dataset();
    assert.deepEqual((await readdir(dirname(location.database))).sort(), [
      '.gitignore',
      'datavisor.duckdb',
      'datavisor.duckdb.wal',
    ]);
    assert.equal(await readFile(join(dirname(location.database), '.gitignore'), 'utf8'), '*\n!vocabulary.json\n');
  });

  it('clears away the half database of a process that died while it made one, and no other', async () => {
    const location = await temporary.location();
    const folder = dirname(location.database);
    await mkdir(folder);
    const dead = 99_999_999; // above any system's highest
    for (const pid of [dead, process.ppid]) await writeFile(`${location.database}.new-${pid}`, 'half');
    await temporary.dataset(location);
    const drafts = (await readdir(folder)).filter((name) => name.includes('.new-'));
    assert.deepEqual(drafts, [`datavisor.duckdb.new-${process.ppid}`]);
  });

  it('takes an empty file for none', async () => {
    const location = await temporary.location();
    await mkdir(dirname(location.database));
    await writeFile(location.database, '');
    assert.equal((await (await temporary.dataset(location)).counts()).total, 0);
  });

  it('does not replay the log of a database that is gone into a new one', async () => {
    const first = await temporary.dataset();
    await addSamples(first, ['a']);
    const { database } = first.location;
    await copyFile(`${database}.wal`, `${database}.saved`);
    await first.close();
    await rename(database, `${database}.moved`);
    await rename(`${database}.saved`, `${database}.wal`);
    assert.equal((await (await temporary.dataset(first.location)).counts()).total, 0);
    assert((await readdir(dirname(database))).some((name) => name.includes('.wal.orphan-')));
  });

  it('reads without changing the database, and refuses to write', async () => {
    const first = await temporary.dataset();
    const [id] = await addSamples(first, ['a']);
    await first.close();
    const reader = await temporary.dataset(first.location, 'read');
    assert.equal((await reader.counts()).total, 1);
    assert.equal((await reader.facets({ picks: {}, expression: null, selection: Int32Array.of(1) })).matching, 1);
    assert.match(reader.readOnly ?? '', /reading only/);
    assert.equal(await reader.refresh(), false);
    await assert.rejects(reader.tagging.decide({ ids: Int32Array.of(id) }, ['mine'], 'added', null), {
      code: 'read-only',
    });
  });

  it('says that there is nothing to read', async () => {
    const location = await temporary.location();
    await assert.rejects(Dataset.open(location, { access: 'read' }), { code: 'not-indexed' });
    assert.equal(existsSync(dirname(location.database)), false);
  });

  it('is refused a second time in the same process, which would give the lock away', async () => {
    const { location } = await temporary.dataset();
    for (const access of ['write', 'prefer-write', 'read'] as const) {
      await assert.rejects(Dataset.open(location, { access }), { code: 'database-busy' });
    }
  });

  for (const [name, content] of [
    ['text', 'this is no database\n'.repeat(1000)],
    ['a few bytes', 'abc'],
  ] as const) {
    it(`says what to do about a damaged file (${name}), and leaves it as it is`, async () => {
      const location = await temporary.location();
      await mkdir(dirname(location.database));
      await writeFile(location.database, content);
      for (const access of ['write', 'prefer-write', 'read'] as const) {
        await assert.rejects(Dataset.open(location, { access }), (error: Error & { code?: string }) => {
          assert.equal(error.code, 'database-damaged');
          assert(error.message.includes(location.database) && /Move it/.test(error.message), error.message);
          return true;
        });
      }
      assert.equal(await readFile(location.database, 'utf8'), content);
    });
  }

  it('refuses a DuckDB database that is not its own', async () => {
    const location = await temporary.location();
    await mkdir(dirname(location.database));
    const foreign = await Connection.open(location.database, 'READ_WRITE');
    await foreign.session.run('CREATE TABLE mine AS SELECT 42 AS answer');
    foreign.close();
    for (const access of ['write', 'read'] as const) {
      await assert.rejects(Dataset.open(location, { access }), { code: 'database-foreign' });
    }
    const after = await Connection.open(location.database, 'READ_ONLY');
    assert.deepEqual(await after.session.rows('SELECT table_name AS name FROM duckdb_tables()'), [{ name: 'mine' }]);
    after.close();
  });
});

describe('migrations', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  const NEXT = [
    ...MIGRATIONS,
    {
      version: MIGRATIONS.length + 1,
      name: 'notes',
      sql: 'ALTER TABLE samples ADD COLUMN note VARCHAR; CREATE TABLE notes (text VARCHAR)',
    },
  ];
  const BROKEN = [
    ...MIGRATIONS,
    { version: MIGRATIONS.length + 1, name: 'broken', sql: 'CREATE TABLE half (id INTEGER); SELECT * FROM nowhere' },
  ];

  async function indexed(): Promise<string> {
    const dataset = await temporary.dataset();
    await addSamples(dataset, ['a']);
    await dataset.close();
    return dataset.location.database;
  }

  it('are numbered without gaps', () => {
    assert.deepEqual(
      MIGRATIONS.map(({ version }) => version),
      MIGRATIONS.map((_, index) => index + 1),
    );
  });

  it('copy an existing database aside, keep its content and are recorded', async () => {
    const database = await indexed();
    const connection = await openDatabase(database, NEXT);
    const { session } = connection;
    assert.deepEqual(await session.rows('SELECT path, note FROM samples'), [{ path: 'a', note: null }]);
    assert.deepEqual(
      await session.rows('SELECT version, name FROM schema_migrations ORDER BY version'),
      NEXT.map(({ version, name }) => ({ version, name })),
    );
    connection.close();
    const backup = await openDatabase(`${database}.schema-${MIGRATIONS.length}.backup`);
    assert.deepEqual(await backup.session.rows('SELECT path FROM samples'), [{ path: 'a' }]);
    backup.close();
  });

  it('copy nothing aside for a new database', async () => {
    const folder = await temporary.folder();
    (await openDatabase(join(folder, 'new.duckdb'), NEXT)).close();
    assert.deepEqual(await readdir(folder), ['new.duckdb']);
  });

  it('leave the database as it was when one fails', async () => {
    const database = await indexed();
    await assert.rejects(openDatabase(database, BROKEN), /nowhere/);
    const connection = await openDatabase(database);
    assert.deepEqual(
      await connection.session.rows(`SELECT table_name FROM duckdb_tables() WHERE table_name = 'half'`),
      [],
    );
    connection.close();
  });

  it('refuse a database of a newer version, untouched', async () => {
    const database = await indexed();
    (await openDatabase(database, NEXT)).close();
    const before = await readFile(database);
    const location = { folder: dirname(dirname(database)), database, thumbnails: '' };
    for (const access of ['write', 'prefer-write', 'read'] as const) {
      await assert.rejects(Dataset.open(location, { access }), { code: 'database-newer' });
    }
    assert(before.equals(await readFile(database)));
  });
});

async function isWritableAnyway(folder: string): Promise<boolean> {
  return writeFile(join(folder, 'probe'), '').then(
    () => true,
    () => false,
  );
}
