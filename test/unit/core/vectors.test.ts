import assert from 'node:assert/strict';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import type { Dataset } from '../../../src/core/dataset';
import { DESCRIPTOR_LENGTH, type Basis } from '../../../src/protocol/workerApi';
import { addSamples, analysisOf, analyze, codePairs, NO_CHANGE, TemporaryDatasets } from './temporaryDataset';

const MODEL = 'visual-look';

const BASIS: Basis = {
  inputLength: 3,
  outputLength: 2,
  mean: Float32Array.of(0.1, 0.2, 0.3),
  components: Float32Array.of(1, 2, 3, 4, 5, 6),
  scale: Float32Array.of(7, 8),
};

/** A descriptor whose every number tells the sample. */
const descriptorOf = (id: number) => Float32Array.from({ length: DESCRIPTOR_LENGTH }, (_, index) => id + index / 1024);

/** Vectors at these angles, in degrees, on the unit circle. */
function embeddingsAt(ids: readonly number[], angles: readonly number[]) {
  const vectors = Float32Array.from(
    angles.flatMap((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
  );
  const signCodes = Uint8Array.from({ length: ids.length * 32 }, (_, index) => (index * 7) % 256);
  return { ids: Int32Array.from(ids), vectors, signCodes };
}

async function describeAll(dataset: Dataset, ids: readonly number[]): Promise<void> {
  const run = await dataset.beginRun({ kind: 'embed', model: MODEL, settings: {} });
  const analyses = ids.map((id) => analysisOf(id, [], { descriptor: descriptorOf(id) }));
  await dataset.commitAnalyses(run, { provider: null, embedder: MODEL }, analyses);
}

async function readAll(
  dataset: Dataset,
  options: { sampleSize?: number; seed?: number; onlyWithoutEmbedding?: boolean },
) {
  const all: { id: number; descriptor: Float32Array }[] = [];
  const sizes: number[] = [];
  for await (const { ids, descriptors } of dataset.readDescriptors(MODEL, options)) {
    sizes.push(ids.length);
    ids.forEach((id, row) =>
      all.push({ id, descriptor: descriptors.slice(row * DESCRIPTOR_LENGTH, (row + 1) * DESCRIPTOR_LENGTH) }),
    );
  }
  return { ids: all.map(({ id }) => id), all, sizes };
}

describe('descriptors', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  after(() => temporary.clean());
  let dataset: Dataset;
  let ids: number[];

  before(async () => {
    dataset = await temporary.dataset();
    ids = await addSamples(
      dataset,
      Array.from({ length: 2500 }, (_, index) => `${index}.jpg`),
    );
    await describeAll(dataset, ids.slice(1000));
    await describeAll(dataset, ids.slice(0, 1200));
  });

  it('come back as they were, in chunks, by id', async () => {
    const { all, sizes } = await readAll(dataset, {});
    assert.deepEqual(sizes, [2048, 452]);
    assert.deepEqual(
      all.map(({ id }) => id),
      ids,
    );
    for (const { id, descriptor } of all) assert.deepEqual(descriptor, descriptorOf(id));
    assert.equal(await dataset.descriptorCount(MODEL), 2500);
    assert.equal(await dataset.descriptorCount('other'), 0);
  });

  it('are chosen by the seed', async () => {
    const choose = async (seed: number) => (await readAll(dataset, { sampleSize: 100, seed })).ids;
    const first = await choose(1);
    assert.equal(new Set(first).size, 100);
    assert.deepEqual(
      first,
      [...first].sort((a, b) => a - b),
    );
    assert(first[0] < 200 && first[99] > 2300, 'spread over all');
    assert.deepEqual(await choose(1), first);
    assert.notDeepEqual(await choose(2), first);
    assert.equal((await readAll(dataset, { sampleSize: 9999 })).ids.length, 2500);
  });

  it('leave out missing samples and, on demand, embedded ones; others can be written between two chunks', async () => {
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[0]] });
    await dataset.saveBasis(MODEL, BASIS, 1);
    const seen: number[] = [];
    for await (const chunk of dataset.readDescriptors(MODEL, { onlyWithoutEmbedding: true })) {
      seen.push(...chunk.ids);
      const some = [...chunk.ids.subarray(0, 10)];
      await dataset.commitEmbeddings(MODEL, embeddingsAt(some, some));
    }
    assert.deepEqual(seen, ids.slice(1));
    assert.equal((await readAll(dataset, { onlyWithoutEmbedding: true })).ids.length, 2499 - 20);
    assert.equal(await dataset.descriptorCount(MODEL), 2499);
  });
});

describe('embeddings and maps', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  it('keep the basis, whose change drops what the old one made', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b']);
    assert.equal(await dataset.loadBasis(MODEL), null);
    await dataset.saveBasis(MODEL, BASIS, 42);
    assert.deepEqual(await dataset.loadBasis(MODEL), { basis: BASIS, fittedOn: 42 });
    await dataset.commitEmbeddings(MODEL, embeddingsAt(ids, [0, 1]));
    await dataset.saveProjection(MODEL, { ids: Int32Array.from(ids), xy: Float32Array.of(1, 2, 3, 4) }, { seed: 1 });
    assert.deepEqual(await dataset.embeddingModels(), [{ model: MODEL, count: 2, mapped: 2 }]);
    await dataset.saveBasis(MODEL, BASIS, 43);
    assert.deepEqual(await dataset.embeddingModels(), []);
    assert.equal((await dataset.projections.state(MODEL)).laidOut, 0);
  });

  it('come back by id without missing samples, replaced where written again', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b', 'c']);
    const [first, second, third] = ids as [number, number, number];
    assert.deepEqual(await dataset.readEmbeddings(MODEL), {
      ids: new Int32Array(),
      vectors: new Float32Array(),
      length: 0,
      signCodes: new Uint8Array(),
    });
    await dataset.commitEmbeddings(MODEL, embeddingsAt([third, second], [10, 20]));
    const rows = embeddingsAt([first, second], [30, 40]);
    await dataset.commitEmbeddings(MODEL, rows);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [third] });
    assert.deepEqual(await dataset.readEmbeddings(MODEL), { ...rows, length: 2 });
  });

  it('know how a map was made, what is on it and what it lacks', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b', 'c']);
    const [a, b, c] = ids as [number, number, number];
    const settings = { neighbors: 10, minDistance: 0.2, metric: 'euclidean' } as const;
    const rows = (id: number, x: number) => ({ ids: Int32Array.of(id), xy: Float32Array.of(x, 2) });
    await dataset.commitEmbeddings(MODEL, embeddingsAt([a], [0]));
    const none = { settings: null, provisional: false, laidOut: 0, placed: 0, present: 0, waiting: 1 };
    assert.deepEqual(await dataset.projections.state(MODEL), none);
    await dataset.projections.saveFirstPicture(MODEL, rows(a, 7), settings);
    const first = { settings, provisional: true, laidOut: 1, placed: 0, present: 1, waiting: 0 };
    assert.deepEqual(await dataset.projections.state(MODEL), first);
    await dataset.saveProjection(MODEL, rows(a, 1), { ...settings, seed: 1 });
    await dataset.commitEmbeddings(MODEL, embeddingsAt([b, c], [10, 20]));
    const laidOut = { ...first, provisional: false, waiting: 2 };
    assert.deepEqual(await dataset.projections.state(MODEL), laidOut);
    await dataset.projections.place(MODEL, rows(c, 3));
    assert.deepEqual(await dataset.projections.state(MODEL), { ...laidOut, placed: 1, present: 2, waiting: 1 });
    assert.deepEqual(
      await dataset.projections.places(MODEL, Int32Array.from(ids)),
      Float32Array.of(1, 2, NaN, NaN, 3, 2),
    );
    await dataset.commitIndex({ ...NO_CHANGE, missing: [a, b] });
    assert.deepEqual(await dataset.projections.state(MODEL), { ...laidOut, placed: 1, present: 1, waiting: 0 });
    assert.deepEqual(await dataset.projections.embeddedSamples(MODEL), { ids: Int32Array.of(c), length: 2 });
  });

  it('of the first version were made with the cosine', async () => {
    const dataset = await temporary.dataset();
    const ids = Int32Array.from(await addSamples(dataset, ['a']));
    await dataset.saveProjection(
      MODEL,
      { ids, xy: Float32Array.of(1, 2) },
      { minDistance: 0.1, neighbors: 15, seed: 42 },
    );
    const { settings } = await dataset.projections.state(MODEL);
    assert.deepEqual(settings, { neighbors: 15, minDistance: 0.1, metric: 'cosine' });
  });

  it('keep what was chosen for maps, by model', async () => {
    const dataset = await temporary.dataset();
    const settings = { neighbors: 30, minDistance: 0, metric: 'cosine' } as const;
    assert.equal(await dataset.projections.chosenSettings(MODEL), null);
    await dataset.projections.chooseSettings(MODEL, { ...settings, neighbors: 5 });
    await dataset.projections.chooseSettings(MODEL, settings);
    assert.deepEqual(await dataset.projections.chosenSettings(MODEL), settings);
    assert.equal(await dataset.projections.chosenSettings('another'), null);
  });

  it('place the points by id, and say which of them pass a filter', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b', 'x/c', 'd']);
    await analyze(dataset, [
      analysisOf(ids[0], ['lighting:bright:90', 'color:red:80', 'color:blue:90']),
      analysisOf(ids[1], ['lighting:dark:90']),
    ]);
    const placed = Int32Array.of(ids[2], ids[0], ids[1]);
    await dataset.saveProjection(MODEL, { ids: placed, xy: Float32Array.of(5, 6, 1, 2, 3, 4) }, {});
    assert.deepEqual(await dataset.map.points(MODEL), {
      ids: Int32Array.from(ids.slice(0, 3)),
      xy: Float32Array.of(1, 2, 3, 4, 5, 6),
    });
    const mask = await dataset.map.matching(MODEL, { ...NO_FILTER, picks: { lighting: ['dark'] } });
    assert.deepEqual(mask, Uint8Array.of(0, 1, 0));
    assert.equal((await dataset.map.points('other')).ids.length, 0);
  });
});

describe('duplicates', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  it('are tagged, exact ones from their bytes and near ones by distance, and forgotten when they are none', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b', 'c', 'd', 'e', 'f']);
    const [a, b, c, d, e, f] = ids as [number, number, number, number, number, number];
    const hashed = (id: number, contentHash: string) => analysisOf(id, [], { contentHash });
    await analyze(dataset, [
      hashed(a, 'same'),
      hashed(b, 'same'),
      hashed(c, 'c'),
      hashed(d, 'd'),
      hashed(e, 'e'),
      hashed(f, 'same'),
    ]);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [f] });
    const run = await dataset.beginRun({ kind: 'embed', model: MODEL, settings: {} });
    const pairs = [[a, b, 0] as const, [b, c, 64] as const, [c, d, 10] as const, [d, e, 70] as const];
    await dataset.saveDuplicates(run, [codePairs(pairs)]);
    const tags = Object.fromEntries((await dataset.samplesByIds(ids)).map((row) => [row.path, row.tags.join()]));
    assert.deepEqual(tags, {
      a: 'exact-duplicate',
      b: 'exact-duplicate,near-duplicate',
      c: 'near-duplicate',
      d: 'near-duplicate',
      e: '',
      f: '',
    });
    assert.deepEqual((await dataset.sample(e))?.predictions, [
      { model: 'duplicates', dimension: 'duplicate', tag: 'near-duplicate', score: 45.3, threshold: 50 },
    ]);
    assert.deepEqual(await dataset.duplicates(c), { exact: [], near: [d, b] });
    assert.deepEqual(await dataset.duplicates(a), { exact: [b], near: [] });

    await dataset.tagging.decide({ ids: Int32Array.of(c) }, ['near-duplicate'], 'approved', null);
    await dataset.saveDuplicates(run, [codePairs([])]);
    assert.deepEqual(await dataset.tagCounts(), { 'exact-duplicate': 2, 'near-duplicate': 1 });
    assert.deepEqual(
      (await dataset.sample(c))?.tagDetails.map(({ source }) => source),
      ['person'],
    );
  });
});
