import assert from 'node:assert/strict';
import { addSamples, analysisOf, analyze, tagsByPath, TemporaryDatasets } from './temporaryDataset';

describe('a decision that is taken back', () => {
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  it('leaves what models say, as if nothing had been decided, and can be undone', async () => {
    const dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a', 'b']);
    await analyze(dataset, [analysisOf(ids[0], ['lighting:dark:80']), analysisOf(ids[1])]);
    const { tagging } = dataset;
    const scope = { ids: Int32Array.from(ids) };
    assert.equal(await tagging.decide(scope, ['dark'], 'withdrawn'), null);
    await tagging.decide(scope, ['dark'], 'rejected');
    const operation = await tagging.decide(scope, ['dark'], 'withdrawn');
    assert.equal(operation?.title, 'Take back what you said of “dark” on 2 images');
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['dark'], b: [] });
    assert.deepEqual((await dataset.sample(ids[0]))?.decisions, []);
    await tagging.undo();
    assert.deepEqual(await tagsByPath(dataset, ids), { a: [], b: [] });
    await tagging.redo();
    assert.deepEqual(await tagsByPath(dataset, ids), { a: ['dark'], b: [] });
  });
});
