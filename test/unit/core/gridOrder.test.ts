import assert from 'node:assert/strict';
import type { Dataset } from '../../../src/core/dataset';
import { NO_FILTER, type SampleFilter } from '../../../src/core/sampleFilter';
import { GRID_SORTS, type GridSort } from '../../../src/protocol/gridSort';
import { addSamples, analysisOf, analyze, NO_CHANGE, TemporaryDatasets } from './temporaryDataset';

/** Values with ties and, for measures that can lack, gaps. */
const noise = (index: number) => (index % 4 === 3 ? null : (index * 7) % 5);

describe('the order of the grid', () => {
  const temporary = new TemporaryDatasets();
  after(() => temporary.clean());
  let dataset: Dataset;
  let ids: number[];
  const COUNT = 1300; // pages further down are read from the order of the whole view

  before(async function () {
    this.timeout(60_000);
    dataset = await temporary.dataset();
    ids = await addSamples(
      dataset,
      Array.from(
        { length: COUNT },
        (_, index) => `${['b', 'a'][index % 2]}/${String((index * 389) % COUNT).padStart(4, '0')}.jpg`,
      ),
    );
    await analyze(
      dataset,
      ids.map((id, index) =>
        analysisOf(id, index % 10 === 0 ? [] : [`lighting:${['dark', 'bright'][index % 2]}:${60 + (index % 30)}`], {
          width: 100 + (index % 7),
          height: 100 + (index % 3),
          measures: {
            ...{ lightness: index % 11, sharpness: noise(index), noise: noise(index) },
            ...{ entropy: index % 6, chroma: index % 5, overexposed: (index % 9) / 10 },
          },
        }),
      ),
    );
    const measured = ids.filter((_, index) => isMeasured(index));
    const distances = Float32Array.from(measured, (_, place) => place % 13);
    await dataset.quality.saveUniqueness('visual-look', Int32Array.from(measured), distances);
    await dataset.commitIndex({ ...NO_CHANGE, missing: [ids[7]] });
  });

  const isMeasured = (index: number) => index % 4 !== 0;
  /** The distance has the order of the score that follows from it. */
  const distanceOf = (index: number) => (isMeasured(index) ? (index - 1 - Math.floor(index / 4)) % 13 : null);

  const pathOf = (index: number) => `${['b', 'a'][index % 2]}/${String((index * 389) % COUNT).padStart(4, '0')}.jpg`;

  /** The order that one sort over all samples in memory has. */
  function reference(valueOf: (index: number) => number | string | null, descending: boolean): number[] {
    const compare = (a: number, b: number) => {
      const [x, y] = [valueOf(a), valueOf(b)];
      if (x !== y) {
        if (x === null) return 1;
        if (y === null) return -1;
        if (x < y) return descending ? 1 : -1;
        if (x > y) return descending ? -1 : 1;
      }
      return pathOf(a) < pathOf(b) ? -1 : 1;
    };
    return ids
      .map((_, index) => index)
      .filter((index) => index !== 7)
      .sort(compare)
      .map((index) => ids[index]);
  }

  async function paged(filter: SampleFilter, sort: GridSort, descending: boolean, groupBy: string | null = null) {
    const found: number[] = [];
    for (const offset of [1000, 0, 500]) {
      const { rows, matching } = await dataset.page(filter, { offset, limit: 500, sort, descending, groupBy });
      assert.ok(matching > 0);
      rows.forEach(({ id }, place) => (found[offset + place] = id));
    }
    return found;
  }

  const VALUES: Readonly<Partial<Record<GridSort, (index: number) => number | string | null>>> = {
    path: pathOf,
    size: () => 1000,
    width: (index) => 100 + (index % 7),
    height: (index) => 100 + (index % 3),
    pixels: (index) => (100 + (index % 7)) * (100 + (index % 3)),
    aspect: (index) => (100 + (index % 7)) / (100 + (index % 3)),
    lightness: (index) => index % 11,
    sharpness: noise,
    noise,
    entropy: (index) => index % 6,
    chroma: (index) => index % 5,
    overexposed: (index) => (index % 9) / 10,
    tags: (index) => (index % 10 === 0 ? 0 : 1),
    uniqueness: distanceOf,
  };

  for (const [sort, valueOf] of Object.entries(VALUES)) {
    it(`by ${sort} is that of a plain sort, both ways, on near and far pages`, async () => {
      for (const descending of [false, true]) {
        assert.deepEqual(await paged(NO_FILTER, sort as GridSort, descending), reference(valueOf, descending));
      }
    });
  }

  it('can be by everything that the menu offers', async () => {
    for (const sort of Object.keys(GRID_SORTS) as GridSort[]) {
      const { rows } = await dataset.page(NO_FILTER, { offset: 0, limit: 3, sort, descending: false });
      assert.equal(rows.length, 3, sort);
    }
  });

  it('by confidence is that of the tags picked', async () => {
    const filter = { ...NO_FILTER, picks: { lighting: ['dark'] } };
    const found = await paged(filter, 'confidence', true);
    const confidence = (index: number) => 60 + (index % 30);
    const expected = reference(confidence, true).filter((id) => {
      const index = ids.indexOf(id);
      return index % 2 === 0 && index % 10 !== 0;
    });
    assert.deepEqual(found.filter(Boolean), expected);
  });

  it('by similarity is that of what was found', async () => {
    const selection = Int32Array.of(ids[9], ids[2], ids[1200], ids[7]);
    const filter = { ...NO_FILTER, selection, scores: Float32Array.of(0.9, 0.8, 0.7, 0.6) };
    const request = { offset: 0, limit: 10, sort: 'similarity', groupBy: null } as const;
    const best = await dataset.page(filter, { ...request, descending: false });
    assert.deepEqual(
      best.rows.map(({ id }) => id),
      [ids[9], ids[2], ids[1200]], // the last one is missing
    );
    const worst = await dataset.page(filter, { ...request, descending: true });
    assert.deepEqual(
      worst.rows.map(({ id }) => id),
      [ids[1200], ids[2], ids[9]],
    );
    const { ids: again } = await dataset.order(filter, { sort: 'similarity', descending: false });
    const other = { ...filter, selection: Int32Array.of(ids[2], ids[9]), scores: Float32Array.of(1, 0) };
    assert.deepEqual([...again], [ids[9], ids[2], ids[1200]]);
    const { ids: others } = await dataset.order(other, { sort: 'similarity', descending: false });
    assert.deepEqual([...others], [ids[2], ids[9]], 'another answer is no longer the one before');
  });

  it('groups by tags and by columns, in the order of the vocabulary, what has none last', async () => {
    const { ids: order, groups } = await dataset.order(NO_FILTER, {
      sort: 'path',
      descending: false,
      groupBy: 'lighting',
    });
    const lightingOf = (index: number) => (index % 10 === 0 ? null : ['dark', 'bright'][index % 2]);
    const byPath = reference(pathOf, false).map((id) => ids.indexOf(id));
    const expected = ['dark', 'bright', null].map((value) => byPath.filter((index) => lightingOf(index) === value));
    assert.deepEqual(groups, [
      { value: 'dark', count: expected[0].length },
      { value: 'bright', count: expected[1].length },
      { value: null, count: expected[2].length },
    ]);
    assert.deepEqual(
      [...order],
      expected.flat().map((index) => ids[index]),
    );
    assert.deepEqual(await paged(NO_FILTER, 'path', false, 'lighting'), [...order]);

    const folders = await dataset.order(NO_FILTER, { sort: 'lightness', descending: true, groupBy: 'folder' });
    assert.deepEqual(
      folders.groups.map(({ value }) => value),
      ['a', 'b'],
    );
    assert.equal(
      folders.groups.reduce((sum, { count }) => sum + count, 0),
      COUNT - 1,
    );
    const names = (await dataset.groupings()).map(({ name }) => name);
    assert.ok(names.includes('lighting') && names.includes('folder') && !names.includes('weather'));
  });

  it('is in groups by who said so, by review and by quality, too', async () => {
    const tagged = ids.filter((_, index) => index % 10 !== 0 && index !== 7).length;
    const groupsBy = async (groupBy: string) =>
      (await dataset.order(NO_FILTER, { sort: 'path', descending: false, groupBy })).groups;
    const untagged = { value: null, count: COUNT - 1 - tagged };
    assert.deepEqual(await groupsBy('source'), [{ value: 'builtin', count: tagged }, untagged]);
    await dataset.tagging.decide({ ids: Int32Array.of(ids[1], ids[3]) }, ['bright'], 'approved', null);
    const reviewed = await groupsBy('review');
    await dataset.tagging.undo();
    assert.deepEqual(reviewed, [{ value: 'open', count: tagged - 2 }, { value: 'done', count: 2 }, untagged]);
    assert.deepEqual(await groupsBy('issue'), [{ value: 'dark', count: COUNT - 1 }]); // all are, and more than that
    const names = (await dataset.groupings()).map(({ name }) => name);
    for (const name of ['source', 'review', 'issue', 'split']) assert.ok(names.includes(name), name);
  });

  it('follows what is written', async () => {
    const before = await dataset.order(NO_FILTER, { sort: 'tags', descending: true });
    await dataset.tagging.decide({ ids: Int32Array.of(ids[3]) }, ['one', 'two'], 'added', null);
    const after = await dataset.order(NO_FILTER, { sort: 'tags', descending: true });
    assert.equal(after.ids[0], ids[3]);
    assert.notDeepEqual(before.ids, after.ids);
    await dataset.tagging.undo();
  });
});
