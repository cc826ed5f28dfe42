import * as assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { ALL_GROUPS } from '../../../src/core/duplicateDesk';
import { addSamples, analysisOf, analyze, codePairs, TemporaryDatasets } from '../core/temporaryDataset';

const temporary = new TemporaryDatasets();
const DINO = 'dinov2-small';

/** a and b look alike to sign codes, b and c to a model; d is like nothing. */
async function scene(): Promise<{ dataset: Dataset; ids: number[]; run: number }> {
  const dataset = await temporary.dataset();
  const ids = await addSamples(dataset, ['train/a', 'b', 'val/c', 'd']);
  await analyze(
    dataset,
    ids.map((id) => analysisOf(id)),
  );
  const [a, b, c] = ids;
  const run = await dataset.beginRun({ kind: 'duplicates', model: DINO, settings: {} });
  await dataset.saveDuplicates(run, [codePairs([[a, b, 16]])]);
  await dataset.duplicateGroups.saveSearch(run, byDino([[c, b, 98]]), 'digest');
  return { dataset, ids, run };
}

function byDino(pairs: readonly (readonly [a: number, b: number, percent: number])[]) {
  return {
    ...{
      foundBy: DINO,
      least: 96,
      idsA: Int32Array.from(pairs, ([a]) => a),
      idsB: Int32Array.from(pairs, ([, b]) => b),
    },
    likeness: Float64Array.from(pairs, ([, , percent]) => percent),
  };
}

async function members(dataset: Dataset): Promise<string[][]> {
  const groups = await dataset.duplicateGroups.all(ALL_GROUPS);
  return groups.map((group) =>
    group.members.map(({ path, foundBy, likeness, score }) => `${path} ${foundBy} ${likeness} ${score}`),
  );
}

async function nearScores(dataset: Dataset, ids: readonly number[]): Promise<(number | undefined)[]> {
  const samples = await Promise.all(ids.map((id) => dataset.sample(id)));
  return samples.map((sample) => sample?.predictions.find(({ tag }) => tag === 'near-duplicate')?.score);
}

describe('near duplicates by the vectors of a model', () => {
  afterEach(() => temporary.clean());

  it('stand beside those by sign codes, on one scale', async () => {
    const { dataset, ids } = await scene();
    assert.deepEqual(await members(dataset), [
      ['b null 100 100', 'train/a sign-code 93.75 87.5', `val/c ${DINO} 98 75`],
    ]);
    assert.deepEqual(await nearScores(dataset, ids), [87.5, 87.5, 75, undefined]);
    assert.deepEqual(await dataset.duplicates(ids[1]), { exact: [], near: [ids[0], ids[2]] });
    const [group] = await dataset.duplicateGroups.all(ALL_GROUPS);
    assert.deepEqual([group.foundBy, group.likeness, group.splits], [DINO, 98, ['train', 'val']]);
    assert.deepEqual(await dataset.duplicateGroups.searches(), [
      { model: DINO, least: 96, vectors: 'digest', pairs: 1 },
    ]);
  });

  it('stay while others are looked for, are replaced by a new search, and count the surest way of two', async () => {
    const { dataset, ids, run } = await scene();
    const [a, b, c, d] = ids;
    await dataset.saveDuplicates(run, [codePairs([])]);
    assert.deepEqual(await members(dataset), [['b null 100 100', `val/c ${DINO} 98 75`]]);
    await dataset.duplicateGroups.saveSearch(run, byDino([[a, d, 99]]), 'other');
    assert.deepEqual(await members(dataset), [['train/a null 100 100', `d ${DINO} 99 87.5`]]);
    await dataset.saveDuplicates(run, [codePairs([[d, a, 32]])]);
    assert.deepEqual(await members(dataset), [['train/a null 100 100', `d ${DINO} 99 87.5`]]);
    assert.deepEqual(await dataset.duplicates(a), { exact: [], near: [d] });
    assert.deepEqual(await nearScores(dataset, [b, c]), [undefined, undefined]);
  });

  it('are forgotten when a person wants it so, those by sign codes not', async () => {
    const { dataset, ids, run } = await scene();
    await dataset.duplicateGroups.forget(run, DINO);
    assert.deepEqual(await dataset.duplicateGroups.searches(), []);
    assert.deepEqual(await members(dataset), [['train/a null 100 100', 'b sign-code 93.75 87.5']]);
    assert.deepEqual(await nearScores(dataset, ids), [87.5, 87.5, undefined, undefined]);
  });

  it('go with the vectors of an earlier revision, while the search stays wanted', async () => {
    const { dataset } = await scene();
    const model = { name: DINO, licence: null, threshold: 60 };
    await dataset.useModel({ ...model, revision: '2' });
    assert.deepEqual(await dataset.duplicateGroups.searches(), [
      { model: DINO, least: 96, vectors: 'digest', pairs: 0 },
    ]);
  });
});
