import * as assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { indexJob } from '../../src/core/jobs/indexJob';
import { mainJob } from '../../src/core/jobs/mainJob';
import { NO_FILTER } from '../../src/core/sampleFilter';
import { WorkerClient } from '../../src/core/workerClient';
import { RunningCommand, runFailing, runJson, WORKER_SCRIPT, type CommandEnd, type JobAnswer } from './commandLine';
import { ScratchImages } from './scratchImages';

/** For the long form: `DATAVISOR_KILL_TRIALS=20 DATAVISOR_KILL_IMAGES=1000 npm run test:worker`. */
const TRIALS = Number(process.env['DATAVISOR_KILL_TRIALS'] ?? 3);
const IMAGES = Number(process.env['DATAVISOR_KILL_IMAGES'] ?? 150);

describe('an interrupted run', () => {
  let images: ScratchImages;
  /** Path → what is known of the image after an undisturbed run, and how long that took. */
  let undisturbed: Record<string, unknown>;
  let durationMs: number;

  before(async function () {
    this.timeout(60_000 + 1000 * IMAGES);
    images = await ScratchImages.make();
    await images.drawMany(IMAGES);
    const startedAt = performance.now();
    await runJson(['run', images.folder]);
    durationMs = performance.now() - startedAt;
    undisturbed = await everything();
  });
  after(() => images.clean());
  beforeEach(() => rm(images.file('.datavisor'), { recursive: true, force: true }));

  /** Tags, predictions and measures of every image, without what differs from run to run. */
  function everything(): Promise<Record<string, unknown>> {
    return images.withDataset('read', async (dataset) => {
      const known: Record<string, unknown> = {};
      for (const id of await dataset.sampleIds(NO_FILTER)) {
        const sample = await dataset.sample(id);
        assert.ok(sample && !(sample.path in known), `${sample?.path} is there twice`);
        // Interrupted runs have numbers and times of their own.
        const tagDetails = sample.tagDetails.map((detail) => ({
          ...detail,
          runId: detail.runId !== null,
          since: null,
        }));
        known[sample.path] = { ...sample, id: 0, duplicates: sample.duplicates.near.length, tagDetails };
      }
      return known;
    });
  }

  async function workBegins(command: RunningCommand): Promise<void> {
    let ended = false;
    void command.end.then(() => (ended = true));
    while (!ended && !(existsSync(thumbnails()) && readdirSync(thumbnails()).length > 2)) await sleep(5);
  }

  const thumbnails = () => images.file('.datavisor/thumbnails');

  const answerOf = ({ stdout }: CommandEnd) => JSON.parse(stdout) as JobAnswer;

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`is cancelled by ${signal}, keeps what is done and goes on with the next run`, async () => {
      // As in a terminal, where Ctrl-C reaches the worker too.
      const command = new RunningCommand(['run', images.folder, '--json'], { ownGroup: true });
      await workBegins(command);
      command.signalGroup(signal);
      const signalledAt = performance.now();
      const end = await command.end;
      const took = performance.now() - signalledAt;
      assert.equal(end.code, 130, end.stderr);
      assert.ok(took < 5000, `it took ${took} ms`);
      const { cancelled, processed, counts } = answerOf(end);
      assert.deepEqual([cancelled, counts['completed']], [true, processed]);
      assert.match(end.stderr, /Cancelling/);
      const rest = await runJson(['run', images.folder]);
      assert.equal(rest.processed, IMAGES - processed);
      assert.deepEqual(await everything(), undisturbed);
    });
  }

  it('ends at once at the second signal', async () => {
    const command = new RunningCommand(['run', images.folder, '--json']);
    await workBegins(command);
    command.child.kill('SIGINT');
    command.child.kill('SIGTERM');
    assert.equal((await command.end).code, 130);
    await runJson(['run', images.folder]);
    assert.deepEqual(await everything(), undisturbed);
  });

  it(`loses and doubles nothing when the command is killed, ${TRIALS} times`, async function () {
    this.timeout(TRIALS * (60_000 + 1000 * IMAGES));
    for (let trial = 0; trial < TRIALS; trial++) {
      await rm(images.file('.datavisor'), { recursive: true, force: true });
      const moment = Math.random() * durationMs;
      const command = new RunningCommand(['run', images.folder, '--json']);
      const timer = setTimeout(() => command.child.kill('SIGKILL'), moment);
      await command.end;
      clearTimeout(timer);
      await runJson(['run', images.folder]);
      assert.deepEqual(await everything(), undisturbed, `killed after ${moment} ms`);
    }
  });

  it(`loses and doubles nothing when the worker is killed, ${TRIALS} times`, async function () {
    this.timeout(TRIALS * (60_000 + 1000 * IMAGES));
    for (let trial = 0; trial < TRIALS; trial++) {
      await rm(images.file('.datavisor'), { recursive: true, force: true });
      // At a third death in the same call, by whatever hand, a run gives up as it should.
      const moments = Array.from({ length: 2 }, () => Math.random() * durationMs);
      const worker = new WorkerClient({ script: WORKER_SCRIPT, log: () => undefined });
      const timers = moments.map((moment) => setTimeout(() => worker.kill(), moment));
      const { signal } = new AbortController();
      const outcome = await images.withDataset('write', async (dataset) =>
        mainJob({ dataset, worker, signal, report: () => undefined, log: () => undefined }, { exclude: [] }),
      );
      for (const timer of timers) clearTimeout(timer);
      await worker.dispose();
      assert.deepEqual([outcome.processed, outcome.failed], [IMAGES, []], `killed after ${moments.join(', ')} ms`);
      assert.deepEqual(await everything(), undisturbed);
    }
  });

  it('does not disturb another process on the same folder, which is told so and can read meanwhile', async () => {
    await images.withDataset('write', async (dataset) => {
      const worker = new WorkerClient({ script: WORKER_SCRIPT, log: () => undefined });
      const context = { dataset, worker, report: () => undefined, log: () => undefined };
      await indexJob({ ...context, signal: new AbortController().signal }, { exclude: [] });
      await worker.dispose();
      const refused = await runFailing(['run', images.folder], 1);
      assert.equal(refused.code, 'database-busy');
      assert.match(refused.stderr, /Another window or a command-line run/);
      assert.equal((await runJson<{ total: number }>(['info', images.folder])).total, IMAGES);
      assert.equal((await runJson<{ total: number }>(['facets', images.folder])).total, IMAGES);
      assert.equal((await dataset.counts()).pending, IMAGES);
    });
    await runJson(['run', images.folder]);
    assert.deepEqual(await everything(), undisturbed);
  });
});
