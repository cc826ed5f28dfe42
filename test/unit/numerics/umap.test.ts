import * as assert from 'node:assert/strict';
import { Pacer } from '../../../src/worker/numeric/pacer';
import { fitLayoutCurve } from '../../../src/worker/projection/layoutCurve';
import { nearestNeighbors } from '../../../src/worker/projection/nearestNeighbors';
import { projectUmap } from '../../../src/worker/projection/umap';
import type { UmapHooks, UmapOptions } from '../../../src/worker/projection/umap';
import type { MapStep } from '../../../src/protocol/mapSettings';
import { inMemory, MemoryStages } from './memoryStages';
import { rejectsSoonWhenAborted } from './rejectsSoonWhenAborted';
import { blobs } from './syntheticData';
import { trustworthiness } from './trustworthiness';

const { signal } = new AbortController();
const OPTIONS = { neighbors: 15, minDistance: 0.1, metric: 'cosine', seed: 42 } as const;
const silent = { signal, progress: () => undefined };

function project(
  vectors: Float32Array,
  count: number,
  length: number,
  options: UmapOptions = OPTIONS,
  hooks: UmapHooks = silent,
): Promise<Float32Array> {
  return projectUmap(inMemory(vectors, count, length), options, hooks, new MemoryStages());
}

/** Share of points whose nearest other point in the layout has the same label. */
function purity(layout: Float32Array, labels: Int32Array): number {
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    let nearest = -1;
    let least = Infinity;
    for (let j = 0; j < labels.length; j++) {
      const distance = (layout[2 * i] - layout[2 * j]) ** 2 + (layout[2 * i + 1] - layout[2 * j + 1]) ** 2;
      if (j !== i && distance < least) [nearest, least] = [j, distance];
    }
    if (labels[nearest] === labels[i]) right++;
  }
  return right / labels.length;
}

describe('UMAP', function () {
  this.timeout(60_000);

  it('keeps blobs apart and neighbors together', async () => {
    const { vectors, labels } = blobs(600, 40, 6, 1);
    const layout = await project(vectors, 600, 40, OPTIONS, silent);
    assert.ok(purity(layout, labels) > 0.99);
    const trust = trustworthiness(vectors, layout, 600, 40, 15);
    assert.ok(trust > 0.93, `trustworthiness ${trust}`);
  });

  it('gives the same bits for the same seed, and others for another', async () => {
    const { vectors } = blobs(200, 16, 3, 2);
    const run = (seed: number) => project(vectors, 200, 16, { ...OPTIONS, seed }, silent);
    assert.deepEqual(await run(1), await run(1));
    assert.notDeepEqual(await run(1), await run(2));
  });

  it('tells its progress from 0 to 1 in each step, never falling', async () => {
    const { vectors } = blobs(4000, 80, 5, 3);
    const seen: { step: MapStep; fraction: number }[] = [];
    await project(vectors, 4000, 80, OPTIONS, { signal, progress: (progress) => seen.push(progress) });
    assert.equal(seen.at(-1)?.fraction, 1);
    for (const [i, told] of seen.entries()) {
      if (seen[i - 1]?.step !== told.step) assert.equal(told.fraction, 0);
      else assert.ok(told.fraction >= seen[i - 1].fraction, JSON.stringify(told));
    }
    const steps = seen.map(({ step }) => step).filter((step, i, all) => step !== all[i - 1]);
    assert.deepEqual(steps, ['reduce', 'neighbors', 'graph', 'layout']);
  });

  it('takes any number of vectors, and more neighbors than there are', async () => {
    for (const count of [0, 1, 2, 3, 5, 14, 16, 17]) {
      const { vectors } = blobs(count, 8, 2, 4);
      const layout = await project(vectors, count, 8, { ...OPTIONS, neighbors: 200 }, silent);
      assert.equal(layout.length, 2 * count);
      assert.ok(layout.every(Number.isFinite), `${count} vectors`);
    }
  });

  it('takes identical, zero and doubled vectors, and a single dimension', async () => {
    const { vectors } = blobs(50, 8, 2, 5);
    const doubled = new Float32Array(800);
    doubled.set(vectors);
    doubled.set(vectors, 400);
    const cases: [string, Float32Array, number, number][] = [
      ['identical', new Float32Array(100 * 8).fill(0.3), 100, 8],
      ['zero', new Float32Array(40 * 8), 40, 8],
      ['identical, more than are compared exactly', new Float32Array(3100 * 4).fill(1), 3100, 4],
      ['doubled', doubled, 100, 8],
      ['of one dimension', Float32Array.from({ length: 30 }, (_, i) => i - 15), 30, 1],
    ];
    for (const [name, input, count, length] of cases) {
      const layout = await project(input, count, length, OPTIONS, silent);
      assert.ok(layout.every(Number.isFinite), name);
      assert.ok(new Set(layout).size > count, `${name} vectors lie on one spot`);
    }
  });

  it('can be cancelled at every stage', async () => {
    const { vectors } = blobs(6000, 256, 5, 6);
    const before = new AbortController();
    before.abort(new Error('too late'));
    const run = (aborted: AbortSignal) => project(vectors, 6000, 256, OPTIONS, { ...silent, signal: aborted });
    await assert.rejects(run(before.signal), /too late/);
    for (const stage of ['reduce', 'neighbors', 'graph', 'layout'] as const) {
      const controller = new AbortController();
      const reason = new Error(`cancelled in ${stage}`);
      let abortedAt = 0;
      const progress = (told: { step: MapStep }): void => {
        if (told.step !== stage || abortedAt > 0) return;
        abortedAt = performance.now();
        controller.abort(reason);
      };
      const running = project(vectors, 6000, 256, OPTIONS, { signal: controller.signal, progress });
      await assert.rejects(running, (error) => error === reason);
      assert.ok(performance.now() - abortedAt < 1000, `${stage} went on for ${performance.now() - abortedAt} ms`);
    }
    await rejectsSoonWhenAborted(run, 100);
  });
});

describe('nearest neighbors', function () {
  this.timeout(60_000);

  it('finds at least 95 in 100 of the true ones when it searches, and all when it compares', async () => {
    const hooks = { pacer: new Pacer(signal), progress: () => undefined };
    for (const [count, least] of [
      [1000, 1],
      [5000, 0.95],
    ]) {
      const dimensions = 24;
      const { vectors: coordinates } = blobs(count, dimensions, 10, 7, 1);
      const { lists, order } = await nearestNeighbors({ coordinates, count, dimensions }, 30, 1, hooks);
      let hits = 0;
      const asked = Array.from({ length: 100 }, (_, i) => (i * count) / 100);
      for (const i of asked) {
        const distances = Float64Array.from({ length: count }, (_, j) => {
          let sum = 0;
          for (let d = 0; d < dimensions; d++)
            sum += (coordinates[i * dimensions + d] - coordinates[j * dimensions + d]) ** 2;
          return j === i ? Infinity : sum;
        });
        const farthest = distances.slice().sort()[14];
        const start = order.indexOf(i) * 30;
        for (const id of lists.ids.subarray(start, start + 15)) if (distances[order[id]] <= farthest) hits++;
      }
      assert.ok(hits / 1500 >= least, `recall ${hits / 1500} at ${count}`);
    }
  });
});

describe('layout curve', () => {
  it('agrees with the values that umap-learn fits', () => {
    const { a, b } = fitLayoutCurve(0.1);
    assert.ok(Math.abs(a - 1.577) < 0.01 && Math.abs(b - 0.895) < 0.005, `a ${a}, b ${b}`);
    for (const minDistance of [0, 0.5, 1]) {
      const curve = fitLayoutCurve(minDistance);
      assert.ok(curve.a > 0 && curve.b > 0, `minimum distance ${minDistance}: a ${curve.a}, b ${curve.b}`);
    }
  });
});
