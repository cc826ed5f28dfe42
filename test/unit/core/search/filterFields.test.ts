import assert from 'node:assert/strict';
import { parseFilter } from '../../../../src/core/filter/parseFilter';
import { NO_FILTER } from '../../../../src/core/sampleFilter';
import type { Dataset } from '../../../../src/core/dataset';
import { addSamples, analysisOf, analyze, NO_CHANGE, TemporaryDatasets } from '../temporaryDataset';

/** Samples 1 to 8; builtin looked at all but 7 and 8, `other` at 2, 3 and 4. 8 is missing. */
describe('a filter by who said it and what was decided', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;

  before(async () => {
    dataset = await temporary.dataset();
    const ids = await addSamples(
      dataset,
      [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `photos/${n}-photos.jpg`),
    );
    await analyze(dataset, [
      analysisOf(1, ['lighting:dark:90', 'object:car:70']),
      analysisOf(2, ['lighting:dark:90']),
      analysisOf(3, ['lighting:dark:60']),
      analysisOf(4, ['lighting:dark:90']),
      analysisOf(5, ['object:car:30']),
      analysisOf(6, ['object:car:80']),
    ]);
    await analyze(
      dataset,
      [analysisOf(2, ['lighting:dim:80']), analysisOf(3, ['lighting:dark:95']), analysisOf(4, ['lighting:dim:20'])],
      'other',
    );
    await dataset.tagging.decide({ ids: Int32Array.of(ids[0]) }, ['car'], 'approved', null);
    await dataset.tagging.decide({ ids: Int32Array.of(ids[3]) }, ['dim'], 'added', 'lighting');
    await dataset.tagging.decide({ ids: Int32Array.of(ids[5]) }, ['car'], 'removed', null);
    await dataset.tagging.decide({ ids: Int32Array.of(ids[6]) }, ['mine'], 'added', 'extra');
    await dataset.policy.setAlias('automobile', 'car');
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[7]] });
  });
  after(() => temporary.clean());

  const find = async (text: string, picks: Record<string, string[]> = {}) => {
    const ids = await dataset.sampleIds({ ...NO_FILTER, picks, expression: parseFilter(text) });
    return [...ids].sort().join('');
  };

  const CASES: Readonly<Record<string, string>> = {
    'source:person': '147',
    'source:builtin': '12',
    'source:OTHER': '3',
    'source:nobody': '',
    'provider:other': '234',
    '-provider:builtin': '7',
    'run:1': '12',
    'run:2': '3',
    'conf>=95': '1347',
    'conf(dark)>90': '3',
    'conf(automobile)>=0': '1',
    'CONF<60': '',
    'tag:automobile': '1',
    'object:Automobile': '1',
    auto: '1',
    'decided:car': '16',
    'decided:automobile': '16',
    'rejected:car': '6',
    'rejected:dim': '',
    'disagree:people': '46',
    'disagree:models': '2',
    'review:open': '123',
    'review:done': '46',
    '-review:open -review:done': '57',
    'name:photos': '1234567',
    'name:1-': '1',
    'caption:x': '',
    'status:missing review:open': '',
  };
  for (const [text, expected] of Object.entries(CASES)) {
    it(`finds ${expected || 'nothing'} for ${text}`, async () => assert.equal(await find(text), expected));
  }

  it('can be picked as a facet', async () => {
    assert.equal(await find('', { source: ['person', 'other'] }), '1347');
    assert.equal(await find('', { review: ['open', 'done'] }), '12346');
    assert.equal(await find('tag:dark', { review: ['open'], source: ['other'] }), '3');
    assert.equal(await find('', { review: ['nonsense'] }), '');
  });

  it('is counted as facets, leaving its own picks aside', async () => {
    const counted = async (picks: Record<string, string[]>) => {
      const { matching, dimensions } = await dataset.facets({ ...NO_FILTER, picks });
      const show = (name: string) =>
        dimensions
          .find((dimension) => dimension.name === name)
          ?.values.map((value) => `${value.value} ${value.total}/${value.matching}`)
          .join(', ');
      return [matching, show('source'), show('review')];
    };
    assert.deepEqual(await counted({}), [7, 'person 3/3, builtin 2/2, other 1/1', 'open 3/3, done 2/2']);
    assert.deepEqual(await counted({ source: ['person'] }), [
      3,
      'person 3/3, builtin 2/2, other 1/1',
      'open 3/1, done 2/1',
    ]);
    assert.deepEqual(await counted({ source: ['builtin'], review: ['done'] }), [
      0,
      'person 3/1, builtin 2/0, other 1/0',
      'open 3/2, done 2/0',
    ]);
  });

  it('agrees between facets, pages and ids', async () => {
    for (const text of Object.keys(CASES)) {
      const filter = { ...NO_FILTER, picks: { review: ['open', 'done'] }, expression: parseFilter(text) };
      const { total, matching } = await dataset.facets(filter);
      const page = await dataset.page(filter, { offset: 0, limit: 100, sort: 'relevance', descending: false });
      assert.deepEqual([page.total, page.matching, page.rows.length], [total, matching, matching], text);
      assert.equal((await dataset.sampleIds(filter)).length, matching, text);
    }
  });

  it('follows a decision and its undoing', async () => {
    assert.equal(await find('review:open'), '123');
    await dataset.tagging.decide({ ids: Int32Array.of(2) }, ['dark'], 'approved', null);
    assert.equal(await find('review:done'), '246');
    await dataset.tagging.undo();
    assert.equal(await find('review:open'), '123');
  });
});
