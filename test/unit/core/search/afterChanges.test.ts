import assert from 'node:assert/strict';
import type { Dataset } from '../../../../src/core/dataset';
import { NO_FILTER } from '../../../../src/core/sampleFilter';
import { addSamples, analysisOf, analyze, NO_CHANGE, TemporaryDatasets } from '../temporaryDataset';
import { found, search } from './searchScene';

describe('a search after a change', () => {
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;
  let ids: number[];

  beforeEach(async () => {
    dataset = await temporary.dataset();
    ids = await addSamples(dataset, ['bridges/one.jpg', 'bridges/two.jpg']);
    // What is remembered of files has to be there before the change.
    await found(dataset, 'bridges');
    await search(dataset, 'lanterne');
    await dataset.search.complete('br', 2);
    await dataset.facets(NO_FILTER);
  });
  afterEach(() => temporary.clean());

  async function offered(text: string): Promise<string[]> {
    return (await dataset.search.complete(text, text.length)).items.map(({ label }) => label);
  }

  async function facet(name: string): Promise<Record<string, number>> {
    const { dimensions } = await dataset.facets(NO_FILTER);
    const values = dimensions.find((dimension) => dimension.name === name)?.values ?? [];
    return Object.fromEntries(values.map(({ value, matching }) => [value, matching]));
  }

  it('knows files that came', async () => {
    await addSamples(dataset, ['lanterns/three.jpg']);
    assert.deepEqual(await found(dataset, 'lantern'), ['lanterns/three.jpg']);
    assert.deepEqual((await search(dataset, 'lanternx')).corrections, [{ typed: 'lanternx', used: ['lanterns'] }]);
    assert.deepEqual(await offered('lantern'), ['lanterns']);
    assert.deepEqual(await facet('folder'), { bridges: 2, lanterns: 1 });
    assert.equal((await search(dataset, 'lantern')).total, 3);
  });

  it('knows files that moved or went', async () => {
    await dataset.commitIndex({ ...NO_CHANGE, moved: [{ id: ids[0], path: 'towers/one.jpg', mtimeMs: 1 }] });
    assert.deepEqual(await found(dataset, 'bridges'), ['bridges/two.jpg']);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[1]] });
    assert.deepEqual(await found(dataset, 'bridges'), []);
    assert.deepEqual(await facet('folder'), { towers: 1 });
    assert.equal((await search(dataset, 'towers')).total, 1);
  });

  it('knows what models said', async () => {
    await analyze(dataset, [analysisOf(ids[0], ['object:lantern:90'])]);
    assert.deepEqual(await found(dataset, 'lantern'), ['bridges/one.jpg']);
    assert.deepEqual(await facet('status'), { completed: 1, pending: 1 });
  });

  it('knows what people decided, also of what nothing had', async () => {
    await dataset.tagging.decide({ ids: Int32Array.of(ids[1]) }, ['lantern'], 'added');
    assert.deepEqual(await found(dataset, 'lantern'), ['bridges/two.jpg']);
    assert.deepEqual((await search(dataset, 'lanterne')).corrections, [{ typed: 'lanterne', used: ['lantern'] }]);
    assert.deepEqual(await offered('lant'), ['lantern']);
    await dataset.tagging.undo();
    assert.deepEqual(await found(dataset, 'lantern'), []);
  });

  it('finds the same after a change that was taken back half-way', async () => {
    await analyze(dataset, [analysisOf(ids[0], ['object:lantern:90'])]);
    await dataset.runHistory.previewUndo(1);
    assert.deepEqual(await found(dataset, 'lantern'), ['bridges/one.jpg']);
    assert.deepEqual(await facet('folder'), { bridges: 2 });
  });
});
