import * as assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MapStep } from '../../../src/protocol/mapSettings';
import { StageFiles } from '../../../src/worker/projection/stageFiles';
import { firstPicture, projectUmap } from '../../../src/worker/projection/umap';
import { inMemory, MemoryStages } from './memoryStages';
import { blobs } from './syntheticData';

const { signal } = new AbortController();
const OPTIONS = { neighbors: 15, minDistance: 0.1, metric: 'cosine', seed: 42 } as const;
const COUNT = 3500; // more than are compared exactly
const LENGTH = 80;

describe('a map in stages', function () {
  this.timeout(120_000);
  const { vectors } = blobs(COUNT, LENGTH, 5, 3);
  const source = inMemory(vectors, COUNT, LENGTH);
  let whole: Float32Array;
  const stepsSeen: MapStep[] = [];
  const hooks = {
    signal,
    progress: ({ step }: { step: MapStep }) => {
      if (stepsSeen.at(-1) !== step) stepsSeen.push(step);
    },
  };

  before(async () => {
    whole = await projectUmap(source, OPTIONS, hooks, new MemoryStages());
  });

  it('goes on from each stage that is kept, to the same bits', async () => {
    const after: [stage: string, steps: MapStep[]][] = [
      ['reduced', ['neighbors', 'graph', 'layout']],
      ['neighbors', ['neighbors', 'graph', 'layout']], // its distances are not there yet
      ['distances', ['graph', 'layout']],
      ['layout', []],
    ];
    for (const [stage, steps] of after) {
      const controller = new AbortController();
      const reason = new Error(`cancelled after ${stage}`);
      const store = new MemoryStages((name) => {
        if (name === stage) throw reason;
      });
      await assert.rejects(
        projectUmap(source, OPTIONS, { ...hooks, signal: controller.signal }, store),
        (error) => error === reason,
      );
      stepsSeen.length = 0;
      const rest = new MemoryStages();
      for (const [name, numbers] of store.kept) rest.kept.set(name, numbers);
      assert.deepEqual(await projectUmap(source, OPTIONS, hooks, rest), whole);
      assert.deepEqual(stepsSeen, steps, `after ${stage}`);
    }
  });

  it('starts from the first picture, which its own run makes again to the bit', async () => {
    const store = new MemoryStages();
    const picture = await firstPicture(source, OPTIONS, hooks, store);
    assert.equal(picture.length, 2 * COUNT);
    assert.ok(picture.every((place) => Number.isFinite(place) && Math.abs(place) < 10.01));
    assert.deepEqual(await firstPicture(source, OPTIONS, hooks, new MemoryStages()), picture);
    assert.deepEqual([...store.kept.keys()], ['reduced']);
    stepsSeen.length = 0;
    assert.deepEqual(await projectUmap(source, OPTIONS, hooks, store), whole);
    assert.deepEqual(stepsSeen, ['neighbors', 'graph', 'layout']);
  });

  it('takes the Euclidean distance, which sees lengths where the cosine does not', async () => {
    const rings = new Float32Array(400 * 8);
    for (let i = 0; i < 400; i++) {
      const { vectors: row } = blobs(1, 8, 1, 100 + i, 0.01);
      const factor = (i % 2 === 0 ? 1 : 50) / Math.hypot(...row);
      rings.set(
        row.map((value) => value * factor),
        8 * i,
      );
    }
    const layout = await projectUmap(
      inMemory(rings, 400, 8),
      { ...OPTIONS, metric: 'euclidean' },
      hooks,
      new MemoryStages(),
    );
    assert.ok(sameKind(layout, (i) => i % 2) > 0.99);
    const byCosine = await projectUmap(inMemory(rings, 400, 8), OPTIONS, hooks, new MemoryStages());
    assert.ok(sameKind(byCosine, (i) => i % 2) < 0.7);
  });
});

/** Share of points whose nearest other point in the layout is of the same kind. */
function sameKind(layout: Float32Array, kindOf: (point: number) => number): number {
  const count = layout.length / 2;
  let same = 0;
  for (let i = 0; i < count; i++) {
    let [nearest, least] = [-1, Infinity];
    for (let j = 0; j < count; j++) {
      const distance = (layout[2 * i] - layout[2 * j]) ** 2 + (layout[2 * i + 1] - layout[2 * j + 1]) ** 2;
      if (j !== i && distance < least) [nearest, least] = [j, distance];
    }
    if (kindOf(i) === kindOf(nearest)) same++;
  }
  return same / count;
}

describe('files of stages', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'datavisor-test-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('come back as they were, and are absent or refused where they are not whole', async () => {
    const files = new StageFiles(folder, signal);
    const numbers = Float32Array.from({ length: 5_000_000 }, (_, i) => i / 7); // more than one piece
    assert.equal(await files.readFloats('a'), null);
    await files.write('a', numbers);
    await files.write('b', Int32Array.of(-1, 7));
    assert.deepEqual(await files.readFloats('a'), numbers);
    assert.deepEqual(await files.readIntegers('b'), Int32Array.of(-1, 7));
    assert.deepEqual((await readdir(folder)).sort(), ['a', 'b']);
    await truncate(join(folder, 'b'), 5);
    assert.equal(await files.readIntegers('b'), null);
  });

  it('are not there when their writing was cancelled', async () => {
    const controller = new AbortController();
    const files = new StageFiles(folder, controller.signal);
    const writing = files.write('a', new Float32Array(20_000_000));
    controller.abort(new Error('enough'));
    await assert.rejects(writing, /enough/);
    assert.equal(await new StageFiles(folder, signal).readFloats('a'), null);
    await writeFile(join(folder, 'c'), Float32Array.of(1));
    await assert.rejects(files.readFloats('c'), /enough/);
  });
});
