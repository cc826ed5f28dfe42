import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Dataset } from '../../src/core/dataset';
import type { DatasetLocation } from '../../src/core/datasetLocation';
import { ALL_GROUPS } from '../../src/core/duplicateDesk';
import { alikeJob, repeatAlike } from '../../src/core/jobs/alikeJob';
import type { JobContext, JobProgress } from '../../src/core/jobs/jobContext';
import { WorkerClient } from '../../src/core/workerClient';
import { addSamples, TemporaryDatasets } from '../unit/core/temporaryDataset';
import { blobs } from '../unit/numerics/syntheticData';
import { WORKER_SCRIPT } from './commandLine';

const MODEL = 'dinov2-small';
const LENGTH = 64;
/** More than are compared pair by pair. */
const MANY = 8000;

describe('alikeJob', function () {
  this.timeout(120_000);
  const temporary = new TemporaryDatasets();
  let worker: WorkerClient;
  let location: DatasetLocation;
  let dataset: Dataset;

  beforeEach(async () => {
    worker = new WorkerClient({ script: WORKER_SCRIPT, log: () => undefined });
    location = await temporary.location();
    dataset = await temporary.dataset(location);
  });
  afterEach(async () => {
    await worker.dispose();
    await temporary.clean();
  });

  /** Adds samples that nothing is like, but that each odd one is nearly the one before. */
  async function embedPairs(name: string, count: number, seed: number): Promise<number[]> {
    const { vectors } = blobs(count, LENGTH, count, seed, 0);
    for (let i = 1; i < count; i += 2) {
      for (let k = 0; k < LENGTH; k++) {
        vectors[i * LENGTH + k] = 2 * vectors[(i - 1) * LENGTH + k] + (k === i % LENGTH ? 0.5 : 0);
      }
    }
    const ids = await addSamples(
      dataset,
      Array.from({ length: count }, (_, i) => `${name}${i}.jpg`),
    );
    await dataset.commitEmbeddings(MODEL, { ids: Int32Array.from(ids), vectors, signCodes: null });
    return ids;
  }

  function context(hear: (progress: JobProgress) => void = () => undefined, controller = new AbortController()) {
    const { signal } = controller;
    return { dataset, worker, signal, report: hear, log: () => undefined } satisfies JobContext;
  }

  const groups = async () => {
    const all = await dataset.duplicateGroups.all(ALL_GROUPS);
    return all.map(({ members }) => members.map(({ id }) => id).sort((a, b) => a - b)).sort(([a], [b]) => a - b);
  };
  const leftovers = () => existsSync(`${location.database}.map`);

  it('groups what a model finds alike, and again when it has embedded more', async () => {
    const ids = await embedPairs('a', 60, 1);
    const outcome = await alikeJob(context(), { model: MODEL, least: 97 });
    assert.deepEqual([outcome.processed, outcome.cancelled], [60, false]);
    const pairs = Array.from({ length: 30 }, (_, i) => [ids[2 * i], ids[2 * i + 1]]);
    assert.deepEqual(await groups(), pairs);
    assert.equal(await repeatAlike(context(), MODEL), null); // nothing has changed
    assert.equal(await repeatAlike(context(), 'another'), null);
    const more = await embedPairs('b', 10, 2);
    assert.equal((await repeatAlike(context(), MODEL))?.processed, 70);
    assert.deepEqual(
      (await groups()).slice(30),
      Array.from({ length: 5 }, (_, i) => [more[2 * i], more[2 * i + 1]]),
    );
    await embedPairs('c', 2, 3);
    const aborted = new AbortController();
    aborted.abort();
    assert.equal((await repeatAlike(context(undefined, aborted), MODEL))?.cancelled, true);
    assert.equal(leftovers(), false);
  });

  it('is cancelled with nothing changed and nothing left behind', async () => {
    await embedPairs('a', MANY, 1);
    const controller = new AbortController();
    const stop = ({ stage, done }: JobProgress) => {
      if (stage === 'duplicates' && done > 0) controller.abort();
    };
    const outcome = await alikeJob(context(stop, controller), { model: MODEL, least: 97 });
    assert.equal(outcome.cancelled, true);
    assert.deepEqual(await dataset.duplicateGroups.searches(), []);
    assert.deepEqual(await groups(), []);
    assert.equal(leftovers(), false);
  });

  it('goes on when the worker dies', async () => {
    await embedPairs('a', MANY, 1);
    let killed = false;
    const kill = ({ stage, done }: JobProgress) => {
      if (killed || stage !== 'duplicates' || done === 0) return;
      killed = true;
      process.kill(worker.pid!, 'SIGKILL');
    };
    await alikeJob(context(kill), { model: MODEL, least: 97 });
    assert.ok(killed);
    assert.equal((await groups()).length, MANY / 2);
  });
});
