import assert from 'node:assert/strict';
import { addSamples, analysisOf, analyze, NO_CHANGE, tagsByPath, TemporaryDatasets } from './temporaryDataset';

describe('derived tags', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  afterEach(() => temporary.clean());

  it('name who said so', async () => {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await analyze(dataset, [analysisOf(id, ['lighting:dark:80', 'color:red:60'])]);
    await analyze(dataset, [analysisOf(id, ['color:red:70'])], 'moondream');
    await dataset.decide([id], 'dark', null, 'approved');
    const said = (await dataset.sample(id))?.tagDetails.map(({ tag, dimension, source, confidence }) => ({
      ...{ tag, dimension, source, confidence },
    }));
    assert.deepEqual(said, [
      { tag: 'dark', dimension: 'lighting', source: 'person', confidence: 100 },
      { tag: 'red', dimension: 'color', source: 'moondream', confidence: 70 },
    ]);
  });

  it('never bring back what a person removed, nor lose what a person gave, whatever the file becomes', async () => {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await analyze(dataset, [analysisOf(id, ['lighting:dark:99'])]);
    await dataset.decide([id], 'dark', null, 'removed');
    await dataset.decide([id], 'mine', null, 'added');
    await dataset.commitIndex({ ...NO_CHANGE, missing: [id] });
    await dataset.commitIndex({ ...NO_CHANGE, moved: [{ id, path: 'b', mtimeMs: 1 }] });
    await dataset.commitIndex({ ...NO_CHANGE, changed: [{ id, size: 1, mtimeMs: 2 }] });
    await analyze(dataset, [analysisOf(id, ['lighting:dark:99', 'color:red:90'])]);
    assert.deepEqual(await tagsByPath(dataset, [id]), { b: ['mine', 'red'] });
  });

  it('do not count what a person decided against the limit', async () => {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await dataset.policy.setInherited({ thresholds: {}, maxTags: 2 });
    await analyze(dataset, [analysisOf(id, ['color:red:90', 'color:blue:80', 'color:green:70', 'color:pink:60'])]);
    await dataset.decide([id], 'red', null, 'rejected');
    await dataset.decide([id], 'blue', null, 'approved');
    assert.deepEqual(await tagsByPath(dataset, [id]), { a: ['blue', 'green', 'pink'] });
  });

  it('refuse a policy and a tag that make no sense', async () => {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await assert.rejects(dataset.policy.setInherited({ thresholds: {}, maxTags: 0 }), RangeError);
    await assert.rejects(dataset.policy.setInherited({ thresholds: { builtin: 101 }, maxTags: 1 }), RangeError);
    await assert.rejects(dataset.decide([id], ' \n ', null, 'added'), { code: 'tag-name' });
    await assert.rejects(dataset.decide([id], 'x'.repeat(51), null, 'added'), { code: 'tag-name' });
  });
});
