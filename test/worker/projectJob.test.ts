import * as assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import type { Dataset } from '../../src/core/dataset';
import type { DatasetLocation } from '../../src/core/datasetLocation';
import type { JobProgress } from '../../src/core/jobs/jobContext';
import { projectJob, type ProjectOptions } from '../../src/core/jobs/projectJob';
import { WorkerClient } from '../../src/core/workerClient';
import { addSamples, NO_CHANGE, TemporaryDatasets } from '../unit/core/temporaryDataset';
import { blobs } from '../unit/numerics/syntheticData';
import { WORKER_SCRIPT } from './commandLine';

const MODEL = 'visual-look';
const LENGTH = 48;
const KINDS = 5;

describe('projectJob', function () {
  this.timeout(120_000);
  const temporary = new TemporaryDatasets();
  let worker: WorkerClient;
  let location: DatasetLocation;
  let dataset: Dataset;
  let steps: string[];

  beforeEach(async () => {
    worker = new WorkerClient({ script: WORKER_SCRIPT, log: () => undefined });
    location = await temporary.location();
    dataset = await temporary.dataset(location);
  });
  afterEach(async () => {
    await worker.dispose();
    await temporary.clean();
  });

  /** Adds samples of kinds that take turns, embedded. @returns their ids */
  async function embed(from: number, count: number, into = dataset): Promise<Int32Array> {
    const { vectors } = blobs(from + count, LENGTH, KINDS, 1);
    const ids = await addSamples(
      into,
      Array.from({ length: count }, (_, i) => `${from + i}.jpg`),
    );
    const rows = { ids: Int32Array.from(ids), vectors: vectors.slice(from * LENGTH), signCodes: null };
    await into.commitEmbeddings(MODEL, rows);
    return rows.ids;
  }

  function project(
    options: Partial<ProjectOptions> = {},
    hear: (progress: JobProgress) => void = () => undefined,
    controller = new AbortController(),
    of = dataset,
  ) {
    steps = [];
    const report = (progress: JobProgress) => {
      if (progress.step && progress.step !== steps.at(-1)) steps.push(progress.step);
      hear(progress);
    };
    const context = { dataset: of, worker, signal: controller.signal, report, log: () => undefined };
    return projectJob(context, { embedder: MODEL, ...options });
  }

  const places = async (ids: Int32Array, of = dataset) => of.projections.places(MODEL, ids);
  const leftovers = () => existsSync(`${location.database}.map`);

  it('lays out in steps that it names, once, and leaves nothing behind', async () => {
    await embed(0, 400);
    const outcome = await project();
    assert.equal(outcome.processed, 400);
    assert.deepEqual(steps, ['read', 'reduce', 'neighbors', 'graph', 'layout']);
    assert.equal((await project()).processed, 0);
    assert.deepEqual(steps, []);
    assert.equal(leftovers(), false);
  });

  it('places new images among their kind and moves no other, until they are too many', async () => {
    const first = await embed(0, 400);
    await project();
    const before = await places(first);
    const fresh = await embed(400, 60);
    assert.equal((await project()).processed, 60);
    assert.deepEqual(steps, ['read', 'reduce', 'place']);
    assert.deepEqual(await places(first), before);
    const found = await places(fresh);
    found.forEach((place) => assert.ok(Number.isFinite(place)));
    const right = Array.from(fresh, (_, i) => nearest(before, found[2 * i], found[2 * i + 1]) % KINDS === i % KINDS);
    assert.ok(right.every(Boolean));
    const { laidOut, placed, waiting } = await dataset.projections.state(MODEL);
    assert.deepEqual([laidOut, placed, waiting], [400, 60, 0]);

    await dataset.commitIndex({ ...NO_CHANGE, missing: [...first.subarray(0, 200)] });
    assert.equal((await project()).processed, 0);
    await dataset.commitIndex({ ...NO_CHANGE, found: [] });
    await embed(460, 25);
    assert.equal((await project()).processed, 285);
    assert.equal((await dataset.projections.state(MODEL)).placed, 0);
  });

  it('lays out anew when asked, and when settings change, which it keeps', async () => {
    await embed(0, 300);
    await project();
    assert.equal((await project({ settings: { neighbors: 8, metric: 'euclidean' } })).processed, 300);
    assert.equal((await project()).processed, 0);
    const { settings } = await dataset.projections.state(MODEL);
    assert.deepEqual(settings, { neighbors: 8, minDistance: 0.1, metric: 'euclidean' });
    assert.equal((await project({ refit: true })).processed, 300);
    assert.deepEqual((await dataset.projections.state(MODEL)).settings, settings);
  });

  it('shows the first picture while the layout runs, but not in place of a map', async () => {
    const ids = await embed(0, 300);
    const during: Promise<boolean>[] = [];
    const look = ({ step, done }: JobProgress) => {
      if (step === 'layout' && done === 0)
        during.push(dataset.projections.state(MODEL).then(({ provisional }) => provisional));
    };
    await project({}, look);
    assert.ok((await Promise.all(during)).includes(true));
    assert.equal((await dataset.projections.state(MODEL)).provisional, false);
    const laidOut = await places(ids);
    const controller = new AbortController();
    const stop = ({ step }: JobProgress) => step === 'layout' && controller.abort();
    const outcome = await project({ settings: { neighbors: 5 } }, stop, controller);
    assert.equal(outcome.cancelled, true);
    assert.deepEqual(await places(ids), laidOut);
  });

  it('goes on from the last stage after a cancel, in another process too, to the same bits', async () => {
    const undisturbed = await temporary.dataset();
    const ids = await embed(0, 3200, undisturbed);
    await project({}, undefined, undefined, undisturbed);
    await embed(0, 3200);
    for (const step of ['neighbors', 'graph', 'layout'] as const) {
      const controller = new AbortController();
      const stop = (progress: JobProgress) => progress.step === step && controller.abort();
      const outcome = await project({}, stop, controller);
      assert.deepEqual([outcome.cancelled, steps.at(-1)], [true, step]);
    }
    assert.ok(!steps.includes('neighbors'), 'the neighbors were kept');
    await worker.dispose();
    await dataset.close();
    worker = new WorkerClient({ script: WORKER_SCRIPT, log: () => undefined });
    dataset = await temporary.dataset(location);
    await project();
    assert.deepEqual(steps, ['graph', 'layout']);
    assert.deepEqual(await places(ids), await places(ids, undisturbed));
    assert.equal(leftovers(), false);
  });

  it('goes on from the last stage when the worker is killed', async () => {
    const undisturbed = await temporary.dataset();
    const ids = await embed(0, 1000, undisturbed);
    await project({}, undefined, undefined, undisturbed);
    await embed(0, 1000);
    let kills = 0;
    const kill = ({ step }: JobProgress) => {
      if (step === 'layout' && kills++ === 0) worker.kill();
    };
    await project({}, kill);
    assert.ok(kills > 1);
    assert.deepEqual(steps, ['read', 'reduce', 'neighbors', 'graph', 'layout', 'graph', 'layout']);
    assert.deepEqual(await places(ids), await places(ids, undisturbed));
  });

  it('takes nothing of what other vectors have left, and clears it away', async () => {
    const ids = await embed(0, 500);
    const controller = new AbortController();
    await project({}, ({ step }) => step === 'layout' && controller.abort(), controller);
    const [kept] = await readdir(`${location.database}.map`);
    const { vectors } = blobs(1, LENGTH, 1, 99);
    await dataset.commitEmbeddings(MODEL, { ids: ids.slice(0, 1), vectors, signCodes: null });
    const again = new AbortController();
    await project({}, ({ step }) => step === 'layout' && again.abort(), again);
    assert.deepEqual(steps, ['read', 'reduce', 'neighbors', 'graph', 'layout']);
    const names = await readdir(`${location.database}.map`);
    assert.equal(names.length, 1);
    assert.notEqual(names[0], kept);
    await rm(`${location.database}.map`, { recursive: true });
    assert.equal((await project()).processed, 500);
  });
});

/** Index of the point nearest to a place. */
function nearest(xy: Float32Array, x: number, y: number): number {
  let [best, least] = [-1, Infinity];
  for (let i = 0; i < xy.length / 2; i++) {
    const distance = (xy[2 * i] - x) ** 2 + (xy[2 * i + 1] - y) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
