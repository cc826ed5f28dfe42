import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { NO_FILTER } from '../../../src/core/sampleFilter';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { addSamples, analysisOf, analyze, NO_CHANGE, TemporaryDatasets } from './temporaryDataset';

const MODEL = 'visual-look';
const LENGTH = 8;

function unit(values: readonly number[]): number[] {
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}

describe('similar samples', () => {
  const temporary = new TemporaryDatasets();
  after(() => temporary.clean());
  let dataset: Dataset;
  let ids: number[];
  const vectors = new Map<number, number[]>();

  before(async () => {
    dataset = await temporary.dataset();
    const random = new SeededRandom(7);
    ids = await addSamples(
      dataset,
      Array.from({ length: 60 }, (_, index) => `${index}.jpg`),
    );
    for (const id of ids.slice(0, 55)) {
      vectors.set(id, unit(Array.from({ length: LENGTH }, () => Math.fround(random.normal()))));
    }
    vectors.set(ids[11], vectors.get(ids[10])!); // equal ones
    await dataset.commitEmbeddings(MODEL, {
      ids: Int32Array.from(vectors.keys()),
      vectors: Float32Array.from([...vectors.values()].flat()),
      signCodes: null,
    });
    await dataset.commitEmbeddings('other', {
      ids: Int32Array.of(ids[59]),
      vectors: Float32Array.of(1, 0),
      signCodes: null,
    });
    await analyze(dataset, [
      ...ids.filter((id) => id % 3 === 0).map((id) => analysisOf(id, ['lighting:dark:90'])),
      ...ids.filter((id) => id % 3 !== 0).map((id) => analysisOf(id, ['lighting:bright:90'])),
    ]);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[5]] });
  });

  /** All with a vector that are there and wanted, by one loop. */
  function reference(target: readonly number[], origin: readonly number[], isWanted = (_id: number) => true) {
    return [...vectors.keys()]
      .filter((id) => id !== ids[5] && isWanted(id))
      .map((id) => ({ id, score: vectors.get(id)!.reduce((sum, value, i) => sum + value * target[i], 0) }))
      .sort(
        (a, b) =>
          Number(origin.includes(b.id)) - Number(origin.includes(a.id)) || near(b.score - a.score) || a.id - b.id,
      );
  }
  const near = (difference: number) => (Math.abs(difference) < 1e-6 ? 0 : difference);

  it('are ranked as one loop over all of them ranks them, the ones asked about first', async () => {
    const origin = Int32Array.of(ids[3]);
    const vector = await dataset.similarity.meanVector(origin, MODEL);
    assert.ok(vector);
    const { ids: found, scores } = await dataset.similarity.rank({ model: MODEL, vector, origin }, NO_FILTER, 1000);
    const expected = reference(vectors.get(ids[3])!, [ids[3]]);
    assert.deepEqual(
      [...found],
      expected.map(({ id }) => id),
    );
    assert.equal(found[0], ids[3]);
    expected.forEach(({ score }, place) => assert.ok(Math.abs(score - scores[place]) < 1e-5));
    const best = await dataset.similarity.rank({ model: MODEL, vector, origin }, NO_FILTER, 4);
    assert.deepEqual([...best.ids], [...found.subarray(0, 4)]);
  });

  it('to several are those near their mean', async () => {
    const origin = Int32Array.of(ids[3], ids[20], ids[30], ids[58]); // the last one has no vector
    const vector = await dataset.similarity.meanVector(origin, MODEL);
    const mean = unit(
      vectors.get(ids[3])!.map((value, i) => value + vectors.get(ids[20])![i] + vectors.get(ids[30])![i]),
    );
    assert.ok(vector);
    assert.ok(vector.every((value, i) => Math.abs(value - mean[i]) < 1e-6));
    const { ids: found } = await dataset.similarity.rank({ model: MODEL, vector, origin }, NO_FILTER, 1000);
    assert.deepEqual(
      [...found],
      reference(mean, [...origin]).map(({ id }) => id),
    );
  });

  it('are looked for among what passes the filter', async () => {
    const dark = { ...NO_FILTER, picks: { lighting: ['dark'] } };
    const vector = Float32Array.from(vectors.get(ids[0])!);
    const target = { model: MODEL, vector, origin: Int32Array.of(ids[0]) };
    const { ids: found } = await dataset.similarity.rank(target, dark, 1000);
    const expected = reference(vectors.get(ids[0])!, [ids[0]], (id) => id % 3 === 0);
    assert.deepEqual(
      [...found],
      expected.map(({ id }) => id),
    );
    const all = await dataset.similarity.vectorIds(MODEL);
    const mask = await dataset.similarity.passing(dark, all);
    assert.deepEqual(
      [...all].filter((_, place) => mask[place] === 1),
      expected.map(({ id }) => id).sort((a, b) => a - b),
    );
  });

  it('are none where there is no vector, or none of that length', async () => {
    assert.equal(await dataset.similarity.meanVector(Int32Array.of(ids[58]), MODEL), null);
    assert.equal(await dataset.similarity.meanVector(Int32Array.of(ids[0]), 'nobody'), null);
    const short = { model: MODEL, vector: Float32Array.of(1, 0), origin: new Int32Array() };
    assert.equal((await dataset.similarity.rank(short, NO_FILTER, 10)).ids.length, 0);
  });

  it('have no mean when they point away from each other', async () => {
    const other = await temporary.dataset();
    const pair = Int32Array.from(await addSamples(other, ['a', 'b']));
    await other.commitEmbeddings(MODEL, { ids: pair, vectors: Float32Array.of(1, 0, -1, 0), signCodes: null });
    assert.equal(await other.similarity.meanVector(pair, MODEL), null);
  });

  it('have their vectors read by id, and a version that changes with them', async () => {
    const all = await dataset.similarity.vectorIds(MODEL);
    assert.ok(!all.includes(ids[5]), 'a missing one is left out');
    const some = all.subarray(3, 9);
    const read = await dataset.similarity.vectorsOf(MODEL, some, LENGTH);
    assert.deepEqual(read, Float32Array.from([...some].flatMap((id) => vectors.get(id)!)));
    const before = await dataset.similarity.vectorSet(MODEL);
    assert.equal(before.count, all.length);
    assert.equal(before.length, LENGTH);
    await dataset.tagging.decide({ ids: Int32Array.of(ids[0]) }, ['mine'], 'added', null);
    assert.deepEqual(await dataset.similarity.vectorSet(MODEL), before);
    await dataset.commitEmbeddings(MODEL, {
      ids: all.slice(0, 1),
      vectors: read.slice(0, LENGTH),
      signCodes: null,
    });
    const replaced = await dataset.similarity.vectorSet(MODEL);
    assert.notEqual(replaced.version, before.version);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [all[1]] });
    assert.notEqual((await dataset.similarity.vectorSet(MODEL)).version, replaced.version);
  });
});
