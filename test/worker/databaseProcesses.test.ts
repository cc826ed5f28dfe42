import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { Dataset, type AccessMode } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';
import { NO_FILTER } from '../../src/core/sampleFilter';

const PROGRAM = resolve('out/programs/databaseHolder.js');

describe('a database that another process holds', function () {
  this.timeout(60_000);
  let folder: string;
  const children: ChildProcess[] = [];
  const datasets: Dataset[] = [];

  before(() =>
    build({
      entryPoints: ['test/worker/databaseHolder.ts'],
      outfile: PROGRAM,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['@duckdb/node-api'],
      loader: { '.sql': 'text' },
      logLevel: 'warning',
    }),
  );

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'datavisor-processes-'));
  });

  afterEach(async () => {
    await Promise.all(datasets.splice(0).map((dataset) => dataset.close()));
    for (const child of children.splice(0)) await kill(child);
    await rm(folder, { recursive: true, force: true });
  });

  function start(mode: 'hold' | 'write'): ChildProcess {
    const child = fork(PROGRAM, [mode, folder]);
    children.push(child);
    return child;
  }

  async function open(access: AccessMode): Promise<Dataset> {
    const dataset = await Dataset.open(await locateDataset(folder, { fallbackFolder: folder }), { access });
    datasets.push(dataset);
    return dataset;
  }

  const add = async (holder: ChildProcess) => {
    holder.send('add');
    await once(holder, 'message');
  };

  it('can be read in a copy that says why, follows the original, and leaves nothing behind', async () => {
    const holder = start('hold');
    await once(holder, 'message');
    await add(holder);
    await assert.rejects(open('write'), { code: 'database-busy', message: /Close it there/ });
    const dataset = await open('prefer-write');
    assert.match(dataset.readOnly ?? '', /Another window or a command-line run/);
    assert.equal((await dataset.counts()).total, 1);
    await assert.rejects(dataset.tagging.decide({ ids: Int32Array.of(1) }, ['mine'], 'added', null), {
      code: 'read-only',
      message: /Another window/,
    });
    assert.equal(await dataset.refresh(), false);
    assert.equal((await (await open('read')).counts()).total, 1);

    await add(holder);
    let changes = 0;
    dataset.onDidChange(() => changes++);
    assert.equal(await dataset.refresh(), true);
    assert.deepEqual([(await dataset.counts()).total, changes, dataset.revision], [2, 1, 1]);

    holder.send('close');
    await once(holder, 'exit');
    assert.equal(await dataset.refresh(), true, 'closing wrote the log into the file');
    assert.equal((await dataset.counts()).total, 2);
    await Promise.all(datasets.splice(0).map((opened) => opened.close()));
    const left = (await readdir(tmpdir())).filter((name) => name.startsWith(`datavisor-snapshot-${process.pid}-`));
    assert.deepEqual(left, []);
    assert.equal((await open('write')).readOnly, null);
  });

  it('can be read while it is being written to', async () => {
    const writer = start('write');
    await once(writer, 'message');
    const dataset = await open('prefer-write');
    for (let round = 0; round < 5; round++) {
      const { total, completed } = await dataset.counts();
      const batches = total / 20;
      assert([18 * batches, 18 * (batches - 1)].includes(completed), `${completed} of ${total}`);
      await requireConsistent(dataset);
      await once(writer, 'message');
      await dataset.refresh();
    }
  });

  it('is whole when that process was killed in the middle of its commits', async () => {
    let reported = -1;
    for (let round = 0; round < 5; round++) {
      const writer = start('write');
      let last = -1;
      writer.on('message', (batch) => (last = batch as number));
      await once(writer, 'message');
      while (last < 2 + 3 * round) await once(writer, 'message');
      await kill(writer);
      reported += last + 1;
      const dataset = await open('write');
      const { total, completed, pending, failed } = await dataset.counts();
      assert(total >= 20 * (reported + 1), `${total} samples after ${reported + 1} reported batches`);
      assert.equal(total % 20, 0, 'whole batches');
      assert.deepEqual([completed + pending, failed], [total, 0]);
      const rows = (await dataset.page(NO_FILTER, { offset: 0, limit: total, sort: 'path', descending: false })).rows;
      assert.equal(rows.filter(({ status }) => status === 'processing').length, 0);
      await requireConsistent(dataset);
      await dataset.close();
    }
  });
});

/** Tags, lists and facets tell the same story, and no tag is there twice. */
async function requireConsistent(dataset: Dataset): Promise<void> {
  const { matching, dimensions } = await dataset.facets(NO_FILTER);
  const { rows } = await dataset.page(NO_FILTER, { offset: 0, limit: matching, sort: 'path', descending: false });
  const tagged = rows.filter(({ tags }) => tags.length > 0);
  for (const { tags } of tagged) assert.deepEqual(tags, ['dark', 'red']);
  const dark = dimensions.find(({ name }) => name === 'lighting')?.values.find(({ value }) => value === 'dark');
  assert.equal(dark?.total, tagged.length);
  assert.deepEqual(await dataset.tagCounts(), { dark: tagged.length, red: tagged.length });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
