import assert from 'node:assert/strict';
import { NO_FILTER, type SampleFilter } from '../../../src/core/sampleFilter';
import { parseFilter } from '../../../src/core/filter/parseFilter';
import { VOCABULARY } from '../../../src/protocol/vocabulary';
import type { Dataset } from '../../../src/core/dataset';
import { addSamples, analysisOf, analyze, NO_CHANGE, TemporaryDatasets } from './temporaryDataset';

describe('facets', () => {
  const temporary = new TemporaryDatasets();
  let dataset: Dataset;

  before(async () => {
    dataset = await temporary.dataset();
    const ids = await addSamples(dataset, ['a.jpg', 'x/b.jpg', 'x/y/c.png', 'z/d.jpg', 'z/gone.jpg']);
    await analyze(dataset, [
      analysisOf(ids[0], ['lighting:dark:90', 'color:red:60', 'color:blue:60']),
      analysisOf(ids[1], ['lighting:dark:90', 'color:blue:60', 'lens:fisheye:80']),
      analysisOf(ids[2], ['lighting:bright:90', 'color:red:60'], { format: 'png' }),
      analysisOf(ids[4], ['lighting:dark:90']),
    ]);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[4]] });
  });
  after(() => temporary.clean());

  /** Values with a count, as `value total/matching`. */
  const show = async (filter: Partial<SampleFilter>) => {
    const { total, matching, dimensions } = await dataset.facets({ ...NO_FILTER, ...filter });
    const shown = dimensions.map(({ name, values }): [string, string] => [
      name,
      values
        .filter(({ total: all }) => all > 0)
        .map((value) => `${value.value} ${value.total}/${value.matching}`)
        .join(', '),
    ]);
    return { of: `${matching}/${total}`, ...Object.fromEntries(shown.filter(([, text]) => text !== '')) };
  };

  it('list every dimension in the order of the vocabulary, unseen values too', async () => {
    const { dimensions } = await dataset.facets(NO_FILTER);
    assert.deepEqual(
      dimensions.map(({ name }) => name),
      [
        ...VOCABULARY.filter(({ tags }) => tags.length > 0).map(({ name }) => name),
        ...['other', 'status', 'format', 'folder', 'source', 'review'],
      ],
    );
    const values = (name: string) =>
      dimensions.find((dimension) => dimension.name === name)?.values.map(({ value }) => value);
    assert.deepEqual(values('lighting'), ['dark', 'dim', 'normal', 'bright']);
    assert.deepEqual(values('color')?.slice(0, 3), ['red', 'blue', 'black']);
    assert.deepEqual(values('weather')?.length, 7);
  });

  it('count samples that are not missing', async () => {
    assert.deepEqual(await show({}), {
      of: '4/4',
      lighting: 'dark 2/2, bright 1/1',
      color: 'red 2/2, blue 2/2',
      other: 'fisheye 1/1',
      status: 'completed 3/3, missing 1/1, pending 1/1',
      format: 'jpeg 2/2, png 1/1',
      folder: 'x 2/2, . 1/1, z 1/1',
      source: 'builtin 3/3',
      review: 'open 3/3',
    });
  });

  it('leave the picks of a dimension aside in its own counts', async () => {
    assert.deepEqual(await show({ picks: { lighting: ['dark'], color: ['red'] } }), {
      of: '1/4',
      lighting: 'dark 2/1, bright 1/1',
      color: 'red 2/1, blue 2/2',
      other: 'fisheye 1/0',
      status: 'completed 3/1, missing 1/0, pending 1/0',
      format: 'jpeg 2/1, png 1/0',
      folder: 'x 2/0, . 1/1, z 1/0',
      source: 'builtin 3/1',
      review: 'open 3/1',
    });
  });

  it('count under picks of columns and of tags outside the vocabulary', async () => {
    assert.equal((await show({ picks: { folder: ['x', '.'], format: ['jpeg'] } })).of, '2/4');
    assert.equal((await show({ picks: { other: ['fisheye'] } })).of, '1/4');
    assert.equal((await show({ picks: { lighting: ['dark', 'bright'] } })).of, '3/4');
  });

  it('show missing samples when they are asked for', async () => {
    const picked = await show({ picks: { status: ['missing', 'pending'] } });
    assert.deepEqual([picked.of, picked], ['2/5', { ...picked, status: 'completed 3/3, missing 1/1, pending 1/1' }]);
    assert.equal((await show({ expression: parseFilter('status:missing') })).of, '1/5');
  });

  it('agree with pages and ids under the same filter', async () => {
    const filters: Partial<SampleFilter>[] = [
      {},
      { picks: { lighting: ['dark'], folder: ['x'] } },
      { picks: { status: ['missing'] } },
      { expression: parseFilter('tag:red OR z/') },
      { selection: Int32Array.of(1, 2, 5) },
    ];
    for (const some of filters) {
      const filter = { ...NO_FILTER, ...some };
      const { total, matching } = await dataset.facets(filter);
      const page = await dataset.page(filter, { offset: 0, limit: 100, sort: 'path', descending: false });
      assert.deepEqual([page.total, page.matching, page.rows.length], [total, matching, matching]);
      assert.deepEqual(
        [...(await dataset.sampleIds(filter))],
        page.rows.map(({ id }) => id),
      );
    }
  });

  it('leave out names of the vocabulary that stand for another tag or were deleted', async () => {
    await dataset.tagging.change({ kind: 'rename', from: ['dim'], to: 'dusky' });
    await dataset.tagging.change({ kind: 'delete', from: ['normal'], to: null });
    const { dimensions } = await dataset.facets(NO_FILTER);
    const lighting = dimensions.find(({ name }) => name === 'lighting')!.values.map(({ value }) => value);
    assert.deepEqual(
      [lighting.includes('dim'), lighting.includes('normal'), lighting.includes('dark')],
      [false, false, true],
    );
  });
});
