import * as assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Dataset } from '../../src/core/dataset';
import { locateDataset } from '../../src/core/datasetLocation';
import { embedJob } from '../../src/core/jobs/embedJob';
import { indexJob } from '../../src/core/jobs/indexJob';
import type { JobContext, JobOutcome, JobProgress } from '../../src/core/jobs/jobContext';
import { tagJob, type TagOptions } from '../../src/core/jobs/tagJob';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { WorkerClient } from '../../src/core/workerClient';
import { WorkerPool } from '../../src/core/workerPool';
import { UserError } from '../../src/protocol/userError';
import { WORKER_SCRIPT } from './commandLine';
import { ScratchImages } from './scratchImages';

/**
 * The real worker, but for images whose name holds "deadly": as soon as it starts on one, the process dies as of a
 * crashed decoder; on "stuck" ones it stands still. "unlucky" kills once.
 */
const DEADLY_WORKER = `
const { existsSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const paths = new Map();
process.on('message', ({ params }) => params?.items?.forEach(({ id, path }) => paths.set(id, path)));
const send = process.send.bind(process);
process.send = (message, ...rest) => {
  const result = send(message, ...rest);
  const path = message.kind === 'progress' ? paths.get(message.value.started) : undefined;
  const once = join(__dirname, 'was-unlucky');
  if (path?.includes('unlucky') && !existsSync(once)) {
    writeFileSync(once, '');
    process.kill(process.pid, 'SIGKILL');
  }
  if (path?.includes('deadly')) process.kill(process.pid, 'SIGSEGV');
  if (path?.includes('stuck')) for (;;);
  return result;
};
require(${JSON.stringify(WORKER_SCRIPT)});
`;

describe('tagJob', () => {
  let images: ScratchImages;
  let dataset: Dataset;
  let worker: WorkerClient;
  let progress: JobProgress[];
  let controller: AbortController;

  beforeEach(async () => {
    images = await ScratchImages.make();
    progress = [];
    controller = new AbortController();
    const script = join(images.scratch, 'deadlyWorker.js');
    await writeFile(script, DEADLY_WORKER);
    worker = new WorkerClient({ script, log: () => undefined });
  });
  afterEach(async () => {
    await worker.dispose();
    await dataset.close();
    await images.clean();
  });

  async function index(): Promise<JobContext> {
    dataset = await Dataset.open(await locateDataset(images.folder, { fallbackFolder: images.scratch }), {
      access: 'write',
    });
    const context: JobContext = {
      dataset,
      worker,
      signal: controller.signal,
      report: (state) => progress.push(state),
      log: () => undefined,
    };
    await indexJob(context, { exclude: [] });
    return context;
  }

  const tag = (context: JobContext, options: Partial<TagOptions> = {}): Promise<JobOutcome> =>
    tagJob(context, { provider: 'builtin', embedder: null, retry: 'due', ...options });

  const statuses = async () => {
    const { rows } = await dataset.page(NO_FILTER, { offset: 0, limit: 500, sort: 'path', descending: false });
    return Object.fromEntries(rows.map(({ path, status }) => [path, status]));
  };

  it('tags everything else when an image crashes the worker, and skips that one afterwards', async () => {
    await images.drawMany(40);
    await images.draw('image-020-deadly.jpg', 99);
    const context = await index();
    const outcome = await tag(context);
    assert.deepEqual([outcome.total, outcome.processed, outcome.cancelled], [41, 40, false]);
    assert.deepEqual(
      outcome.failed.map(({ path }) => path),
      ['image-020-deadly.jpg'],
    );
    const [failure] = await dataset.failures();
    assert.deepEqual([failure?.path, failure?.code], ['image-020-deadly.jpg', 'decoder-crash']);
    assert.equal((await dataset.counts()).completed, 40);
    const pid = worker.pid;
    const again = await tag(context);
    assert.deepEqual([again.processed, again.failed, worker.pid], [0, [], pid]);
    assert.deepEqual((await embedJob(context, { embedder: 'visual-look' })).failed, []);
  });

  it('spreads images over several workers, and goes on when one of them crashes', async () => {
    await images.drawMany(120);
    await images.draw('image-060-deadly.jpg', 99);
    const context = await index();
    const pool = new WorkerPool({ script: join(images.scratch, 'deadlyWorker.js'), log: () => undefined }, 3);
    try {
      const pids = new Set<number | undefined>();
      const report = () => pool.workers.forEach(({ pid }) => pids.add(pid));
      const outcome = await tag({ ...context, worker: pool.first, analyzers: pool.workers, report });
      pids.delete(undefined);
      assert.ok(pids.size >= 3, `${pids.size} workers took part`);
      assert.deepEqual([outcome.processed, outcome.failed.map(({ path }) => path)], [120, ['image-060-deadly.jpg']]);
      assert.equal((await dataset.counts()).completed, 120);
    } finally {
      await pool.dispose();
    }
  });

  it('does not blame an image for one death of the worker', async () => {
    await images.drawMany(10);
    await images.draw('image-005-unlucky.jpg', 99);
    const outcome = await tag(await index());
    assert.deepEqual([outcome.processed, outcome.failed], [11, []]);
    assert.ok(Object.values(await statuses()).every((status) => status === 'completed'));
  });

  it('ends a worker that stands still, and goes on without the image', async () => {
    await images.drawMany(6);
    await images.draw('image-003-stuck.jpg', 99);
    const outcome = await tag(await index(), { stallMs: 1500 });
    assert.deepEqual([outcome.processed, outcome.failed.map(({ path }) => path)], [6, ['image-003-stuck.jpg']]);
  });

  it('goes on when the worker is killed again and again', async () => {
    await images.drawMany(150);
    const context = await index();
    let kills = 0;
    const killing: JobContext = {
      ...context,
      report: ({ done }) => {
        if (done < 30 * kills || kills === 4) return;
        kills++;
        worker.kill();
      },
    };
    const outcome = await tag(killing);
    assert.equal(kills, 4);
    assert.deepEqual([outcome.processed, outcome.failed], [150, []]);
    assert.equal((await dataset.counts()).completed, 150);
  });

  it('keeps what is committed when it is cancelled, and goes on from there', async () => {
    await images.drawMany(150);
    const context = await index();
    const cancelling: JobContext = { ...context, report: ({ done }) => done > 0 && controller.abort() };
    const outcome = await tag(cancelling);
    assert.equal(outcome.cancelled, true);
    const { completed, pending } = await dataset.counts();
    assert.equal(outcome.processed, completed);
    assert.ok(completed > 0 && pending > 0 && completed + pending === 150);
    assert.ok(!Object.values(await statuses()).includes('processing'));
    const rest = await tag({ ...context, signal: new AbortController().signal });
    assert.deepEqual([rest.processed, rest.cancelled], [pending, false]);
  });

  it('fails with the reason when the worker cannot start', async () => {
    await images.drawMany(2);
    const context = await index();
    await worker.dispose();
    worker = new WorkerClient({ script: join(images.scratch, 'none.js'), log: () => undefined });
    await assert.rejects(
      tag({ ...context, worker }),
      (error) => error instanceof UserError && error.code === 'worker-unavailable',
    );
    assert.deepEqual(Object.values(await statuses()), ['pending', 'pending']);
  });

  it('reports its progress up to the end', async () => {
    await images.drawMany(20);
    await tag(await index());
    const tagging = progress.filter(({ stage }) => stage === 'tag');
    assert.deepEqual([tagging[0]?.done, tagging[0]?.total], [0, 20]);
    assert.deepEqual([tagging.at(-1)?.done, tagging.at(-1)?.failed], [20, 0]);
    const indexing = progress.filter(({ stage }) => stage === 'index');
    assert.deepEqual([indexing.at(-1)?.done, indexing.at(-1)?.total], [20, 20]);
  });
});
