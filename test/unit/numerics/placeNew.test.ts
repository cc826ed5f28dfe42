import * as assert from 'node:assert/strict';
import { Pacer } from '../../../src/worker/numeric/pacer';
import { mappedNeighbors } from '../../../src/worker/projection/mappedNeighbors';
import { placeNew } from '../../../src/worker/projection/placeNew';
import { projectUmap } from '../../../src/worker/projection/umap';
import { inMemory, MemoryStages } from './memoryStages';
import { rejectsSoonWhenAborted } from './rejectsSoonWhenAborted';
import { blobs } from './syntheticData';

const { signal } = new AbortController();
const OPTIONS = { neighbors: 15, minDistance: 0.1, metric: 'cosine', seed: 42 } as const;
const silent = { signal, progress: () => undefined };

describe('placing on a map', function () {
  this.timeout(120_000);
  const [count, length, kinds] = [900, 40, 6];
  const { vectors, labels } = blobs(count, length, kinds, 1);
  const isNew = (i: number) => i % 10 === 3;
  const all = Array.from({ length: count }, (_, i) => i);
  const fresh = all.filter(isNew);
  let xy: Float32Array;

  before(async () => {
    const mapped = all.filter((i) => !isNew(i));
    const rows = Float32Array.from(mapped.flatMap((i) => [...vectors.subarray(i * length, (i + 1) * length)]));
    const layout = await projectUmap(inMemory(rows, mapped.length, length), OPTIONS, silent, new MemoryStages());
    xy = new Float32Array(2 * count).fill(NaN);
    mapped.forEach((i, at) => xy.set(layout.subarray(2 * at, 2 * at + 2), 2 * i));
  });

  const place = (places: Float32Array, aborted = signal) =>
    placeNew(inMemory(vectors, count, length), places, OPTIONS, { ...silent, signal: aborted }, new MemoryStages());

  it('puts new ones among their kind and leaves the others where they are', async () => {
    const before = xy.slice();
    const places = await place(xy);
    assert.deepEqual(xy, before);
    assert.equal(places.length, 2 * fresh.length);
    const right = fresh.filter((point, i) => {
      let [nearest, least] = [-1, Infinity];
      for (const other of all) {
        const distance = (places[2 * i] - xy[2 * other]) ** 2 + (places[2 * i + 1] - xy[2 * other + 1]) ** 2;
        if (distance < least) [nearest, least] = [other, distance];
      }
      return labels[nearest] === labels[point];
    });
    assert.equal(right.length, fresh.length);
    assert.deepEqual(await place(xy), places);
  });

  it('lies among those of the neighbors that lie together, not between two groups', async () => {
    // Two halves of one kind far from each other on the map: the mean of both would be nowhere.
    const { vectors: rows } = blobs(61, 16, 1, 5);
    const halves = Float32Array.from({ length: 122 }, (_, i) =>
      i < 120 ? (i % 4 < 2 ? -50 : 50) + (i % 7) / 10 : NaN,
    );
    const [x, y] = await placeNew(inMemory(rows, 61, 16), halves, OPTIONS, silent, new MemoryStages());
    assert.ok(Math.abs(x) > 45 && Math.abs(x - y) < 2, `${x}, ${y}`);
  });

  it('takes copies, a single mapped point and zero vectors', async () => {
    const rows = new Float32Array(4 * 8);
    rows.fill(0.5, 8, 24);
    const one = Float32Array.of(NaN, NaN, 3, 4, NaN, NaN, NaN, NaN);
    const places = await placeNew(inMemory(rows, 4, 8), one, OPTIONS, silent, new MemoryStages());
    assert.deepEqual(places, Float32Array.of(3, 4, 3, 4, 3, 4));
  });

  it('can be cancelled', async () => {
    const many = 30_000;
    const { vectors: rows } = blobs(many, 64, 5, 6);
    const half = Float32Array.from({ length: 2 * many }, (_, i) => (i < many ? i : NaN));
    await rejectsSoonWhenAborted(
      (aborted) =>
        placeNew(inMemory(rows, many, 64), half, OPTIONS, { ...silent, signal: aborted }, new MemoryStages()),
      200,
    );
  });

  it('finds eight in ten of the true neighbors by trees, and fills all lists', async () => {
    const many = 24_000;
    const [dimensions, size] = [24, 15];
    const { vectors: coordinates } = blobs(many, dimensions, 40, 7, 1);
    const places = new Float32Array(2 * many);
    for (let i = 0; i < many; i++) if (i % 5 === 1) places.fill(NaN, 2 * i, 2 * i + 2);

    const hooks = { pacer: new Pacer(signal), progress: () => undefined };
    const measured = { vectors: coordinates, length: dimensions, factors: null };
    const points = { coordinates, count: many, dimensions };
    const found = await mappedNeighbors(points, measured, places, { neighbors: size, seed: 1 }, hooks, 0);
    const isMapped = (i: number) => !Number.isNaN(places[2 * i]);
    const asked = Array.from({ length: many }, (_, i) => i).filter((i) => !isMapped(i));
    assert.equal(found.count, asked.length);
    assert.ok(found.ids.every((id) => id >= 0 && isMapped(id)));
    let hits = 0;
    for (let n = 0; n < 100; n++) {
      const list = Math.floor((n * asked.length) / 100);
      const distanceTo = (j: number) => {
        let sum = 0;
        for (let d = 0; d < dimensions; d++)
          sum += (coordinates[asked[list] * dimensions + d] - coordinates[j * dimensions + d]) ** 2;
        return sum;
      };
      const distances = Float64Array.from({ length: many }, (_, j) => (isMapped(j) ? distanceTo(j) : Infinity));
      const farthest = distances.slice().sort()[size - 1];
      for (const id of found.ids.subarray(list * size, (list + 1) * size)) if (distances[id] <= farthest) hits++;
    }
    assert.ok(hits / 1500 >= 0.8, `recall ${hits / 1500}`);
  });
});
