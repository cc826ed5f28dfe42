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
    await dataset.tagging.decide({ ids: Int32Array.of(id) }, ['dark'], 'approved', null);
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
    await dataset.tagging.decide({ ids: Int32Array.of(id) }, ['dark'], 'removed', null);
    await dataset.tagging.decide({ ids: Int32Array.of(id) }, ['mine'], 'added', null);
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
    await dataset.tagging.decide({ ids: Int32Array.of(id) }, ['red'], 'rejected', null);
    await dataset.tagging.decide({ ids: Int32Array.of(id) }, ['blue'], 'approved', null);
    assert.deepEqual(await tagsByPath(dataset, [id]), { a: ['blue', 'green', 'pink'] });
  });

  it('refuse a policy and a tag that make no sense', async () => {
    const dataset = await temporary.dataset();
    const [id] = await addSamples(dataset, ['a']);
    await assert.rejects(dataset.policy.setInherited({ thresholds: {}, maxTags: 0 }), RangeError);
    await assert.rejects(dataset.policy.setInherited({ thresholds: { builtin: 101 }, maxTags: 1 }), RangeError);
    await assert.rejects(dataset.tagging.decide({ ids: Int32Array.of(id) }, [' \n '], 'added', null), {
      code: 'tag-name',
    });
    await assert.rejects(dataset.tagging.decide({ ids: Int32Array.of(id) }, ['x'.repeat(51)], 'added', null), {
      code: 'tag-name',
    });
  });
});
