import * as assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { writeBadImages } from '../fixtures/badImages';
import { runFailing, runJson, WORKER_SCRIPT, type CommandOptions } from './commandLine';
import { ScratchImages } from './scratchImages';

/** An ordinary user: permissions do not hold root back, who may be the one to run these tests. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** Windows has no permission bits; and what root has installed for itself alone, another user cannot run. */
function permissionsCanBeTested(): boolean {
  if (process.platform === 'win32') return false;
  const read = `require('node:fs').readFileSync(${JSON.stringify(WORKER_SCRIPT)})`;
  return !isRoot || spawnSync(process.execPath, ['-e', read], { uid: NOBODY, gid: NOBODY }).status === 0;
}

describe('the command line, given what is bad', () => {
  let images: ScratchImages;
  beforeEach(async () => (images = await ScratchImages.make()));
  afterEach(() => images.clean());

  /** Runs as a user whom permissions hold back, who owns all of the scratch folder. */
  async function asOrdinaryUser(): Promise<CommandOptions> {
    const env = { XDG_DATA_HOME: join(images.scratch, 'data'), HOME: images.scratch, TMPDIR: images.scratch };
    if (!isRoot) return { env };
    const names = await readdir(images.scratch, { recursive: true });
    for (const path of [images.scratch, ...names.map((name) => join(images.scratch, name))])
      await chown(path, NOBODY, NOBODY);
    return { env, uid: NOBODY };
  }

  async function withMode(path: string, mode: number, use: () => Promise<void>): Promise<void> {
    await chmod(path, mode);
    try {
      await use();
    } finally {
      await chmod(path, 0o700);
    }
  }

  it('gives each odd file a clear verdict and loses none of the others', async () => {
    const expected = await writeBadImages(images.folder);
    const answer = await runJson(['run', images.folder]);
    assert.equal(answer.total, expected.length);
    const bad = expected.filter(({ expect }) => expect === 'failed');
    assert.deepEqual(
      answer.failed.map(({ path, code }) => `${path}: ${code}`).sort(),
      bad.map(({ path, code }) => `${path}: ${code ?? '?'}`).sort(),
    );
    assert.ok(answer.failed.every(({ reason }) => reason.length > 10 && !/undefined|\bat .*:\d+/.test(reason)));
    assert.equal(answer.processed, expected.length - bad.length);
    const location = await locateDataset(images.folder, { fallbackFolder: images.scratch });
    const dataset = await Dataset.open(location, { access: 'read' });
    const ids = await dataset.sampleIds(NO_FILTER);
    const completed = (await dataset.samplesByIds([...ids])).filter(({ status }) => status === 'completed');
    await dataset.close();
    assert.deepEqual(
      completed.map(({ path }) => path).sort(),
      expected.flatMap(({ path, expect }) => (expect === 'completed' ? [path] : [])).sort(),
    );
    const again = await runJson(['run', images.folder]);
    assert.deepEqual([again.processed, again.failed], [0, answer.failed]);
  });

  it('leaves a folder that cannot be read as it was, and says so', async function () {
    if (!permissionsCanBeTested()) this.skip();
    await images.draw('open.jpg', 1);
    await images.draw('closed/a.jpg', 2);
    await images.draw('closed/b.jpg', 3);
    const options = await asOrdinaryUser();
    assert.equal((await runJson(['run', images.folder], options)).processed, 3);
    await withMode(images.file('closed'), 0, async () => {
      const { total, counts, warnings, index } = await runJson(['run', images.folder], options);
      assert.deepEqual([total, counts['missing'], index.missing], [3, 0, 0]);
      assert.match(warnings.join('\n'), /^closed cannot be read \(permission denied\)/);
    });
  });

  it('tries an image that could not be read again at the next run', async function () {
    if (!permissionsCanBeTested()) this.skip();
    await images.draw('open.jpg', 1);
    await images.draw('closed.jpg', 2);
    const options = await asOrdinaryUser();
    await chmod(images.file('closed.jpg'), 0);
    const closed = await runJson(['run', images.folder], options);
    assert.deepEqual(
      closed.failed.map(({ path, code }) => [path, code]),
      [['closed.jpg', 'unreadable']],
    );
    await chmod(images.file('closed.jpg'), 0o600);
    const opened = await runJson(['run', images.folder], options);
    assert.deepEqual([opened.processed, opened.failed], [1, []]);
  });

  it('fails clearly on a folder that cannot be read at all', async function () {
    if (!permissionsCanBeTested()) this.skip();
    const options = await asOrdinaryUser();
    await withMode(images.folder, 0, async () => {
      assert.equal((await runFailing(['run', images.folder], 1, options)).code, 'folder-unreadable');
    });
  });

  it('keeps the database of a read-only folder with the user', async function () {
    if (!permissionsCanBeTested()) this.skip();
    await images.drawMany(2);
    const options = await asOrdinaryUser();
    await withMode(images.folder, 0o500, async () => {
      const { database, processed } = await runJson(['run', images.folder], options);
      assert.ok(database.startsWith(join(images.scratch, 'data', 'datavisor')), database);
      assert.equal(processed, 2);
      assert.equal((await runJson<{ total: number }>(['info', images.folder], options)).total, 2);
    });
    assert.deepEqual((await readdir(images.folder)).sort(), ['image-000.jpg', 'image-001.jpg']);
  });

  it('does not touch a database file that is garbage', async () => {
    await images.drawMany(2);
    const file = images.file('.datavisor/datavisor.duckdb');
    await mkdir(images.file('.datavisor'));
    await writeFile(file, 'this is no database '.repeat(1000));
    const before = await readFile(file);
    for (const command of ['run', 'info']) {
      const { code, message } = await runFailing([command, images.folder], 1);
      assert.equal(code, 'database-damaged');
      assert.match(message, /Move it/);
    }
    assert.deepEqual(await readFile(file), before);
    await rm(file);
    assert.equal((await runJson(['run', images.folder])).processed, 2, 'as the message says');
  });

  it('does not touch a database of a newer version', async () => {
    await images.drawMany(2);
    const { database } = await runJson(['run', images.folder]);
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(database);
    const connection = await instance.connect();
    await connection.run("INSERT INTO schema_migrations VALUES (999, 'of the future', now()::TIMESTAMP)");
    connection.closeSync();
    instance.closeSync();
    for (const command of ['run', 'info']) {
      const { code, message } = await runFailing([command, images.folder], 1);
      assert.equal(code, 'database-newer');
      assert.match(message, /Update DataVisor/);
    }
  });

  it('stops when the disk is full, with nothing lost of what was committed', async function () {
    const disk = join(images.scratch, 'disk');
    await mkdir(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2500k', 'none', disk], { stdio: 'ignore' });
    } catch {
      this.skip(); // mounting a small tmpfs needs root
    }
    try {
      await images.drawMany(120);
      const database = join(disk, 'small.duckdb');
      const args = ['run', images.folder, '--db', database];
      const { code, message } = await runFailing(args, 1);
      assert.equal(code, 'disk-full', message);
      assert.match(message, /Free some space/);
      const { completed } = await runJson<{ completed: number }>(['info', images.folder, '--db', database]);
      execFileSync('mount', ['-o', 'remount,size=200m', disk], { stdio: 'ignore' });
      const rest = await runJson(args);
      assert.deepEqual([rest.processed, rest.counts['completed'], rest.failed], [120 - completed, 120, []]);
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  it('takes a file with an impossible time as it is', async () => {
    await images.draw('old.jpg', 1);
    await utimes(images.file('old.jpg'), -1e9, -1e9);
    assert.equal((await runJson(['run', images.folder])).processed, 1);
    assert.equal((await runJson(['run', images.folder])).processed, 0);
    assert.ok(existsSync(images.file('old.jpg')));
  });
});
