import assert from 'node:assert/strict';
import type { Dataset } from '../../../../src/core/dataset';
import { NO_CATEGORY } from '../../../../src/core/store/pointColors';
import { addSamples, analysisOf, analyze, TemporaryDatasets } from '../temporaryDataset';

const MODEL = 'visual-look';

describe('the map', function () {
  this.timeout(60_000);
  const temporary = new TemporaryDatasets();
  after(() => temporary.clean());
  let dataset: Dataset;
  let ids: number[];

  before(async () => {
    dataset = await temporary.dataset();
    ids = await addSamples(dataset, ['a', 'b', 'x/c', 'd']);
    await analyze(dataset, [
      analysisOf(ids[0], ['lighting:bright:90', 'color:red:80', 'color:blue:90']),
      analysisOf(ids[1], ['lighting:dark:70', 'color:red:80', 'color:blue:80'], {
        measures: { lightness: 20, sharpness: null, noise: null, entropy: 7, chroma: 30, overexposed: 0.25 },
        width: 300,
        height: 600,
      }),
    ]);
    // the last sample has no place on it
    const placed = Int32Array.from([ids[2], ids[0], ids[1]]);
    await dataset.saveProjection(MODEL, { ids: placed, xy: Float32Array.of(5, 6, 1, 2, 3, 4) }, {});
  });

  /** Labels of the points, by name. */
  async function labelsBy(colorBy: string | null) {
    const colors = await dataset.map.colors(MODEL, colorBy);
    assert.ok(colors.kind === 'labels');
    const { labels, categories, facet } = colors;
    return {
      labels,
      facet,
      of: Array.from(categories, (category) => (category === NO_CATEGORY ? null : labels[category])),
    };
  }

  async function valuesBy(colorBy: string) {
    const colors = await dataset.map.colors(MODEL, colorBy);
    assert.ok(colors.kind === 'measure');
    return colors;
  }

  it('is coloured by a dimension: the surest tag, in the order of the vocabulary', async () => {
    const expected = { labels: ['dark', 'bright'], facet: 'lighting', of: ['bright', 'dark', null] };
    assert.deepEqual(await labelsBy('lighting'), expected);
    // of equally sure ones the first in the alphabet
    assert.deepEqual((await labelsBy('color')).of, ['blue', 'blue', null]);
  });

  it('is coloured by other facets', async () => {
    assert.deepEqual(await labelsBy('folder'), { labels: ['.', 'x'], facet: 'folder', of: ['.', '.', 'x'] });
    assert.deepEqual((await labelsBy('status')).of, ['completed', 'completed', 'pending']);
    assert.deepEqual((await labelsBy('source')).of, ['builtin', 'builtin', null]);
    assert.deepEqual((await labelsBy('review')).of, ['open', 'open', null]);
  });

  it('is coloured by one tag, and by how sure that is', async () => {
    assert.deepEqual(await labelsBy('tag:dark'), { labels: ['dark'], facet: 'lighting', of: [null, 'dark', null] });
    assert.deepEqual((await valuesBy('confidence:dark')).values, Float32Array.of(NaN, 70, NaN));
  });

  it('is coloured by measures', async () => {
    const { values, title, unit } = await valuesBy('measure:overexposed');
    assert.deepEqual([title, unit], ['Overexposed', '%']);
    assert.deepEqual(values, Float32Array.of(1, 25, NaN));
    assert.deepEqual((await valuesBy('measure:sharpness')).values, Float32Array.of(1.1, NaN, NaN));
    assert.deepEqual((await valuesBy('measure:aspect')).values, Float32Array.of(640 / 480, 0.5, NaN));
  });

  it('has no colours for what is not known', async () => {
    for (const unknown of [null, 'nonsense', 'measure:toString', 'tag:nonsense']) {
      assert.deepEqual((await labelsBy(unknown)).of, [null, null, null]);
    }
  });

  it('offers what colours something', async () => {
    const names = (await dataset.map.colorChoices()).map(({ name }) => name);
    for (const there of ['lighting', 'color', 'folder', 'source', 'measure:size'])
      assert.ok(names.includes(there), there);
    assert.ok(!names.includes('weather'));
    for (const name of names) await dataset.map.colors(MODEL, name);
  });

  it('has clusters named by tags, else by folders, that follow a change of both', async () => {
    const own = await temporary.dataset();
    const paths = ['left', 'right', 'far'].flatMap((folder) =>
      Array.from({ length: 12 }, (_, i) => `${folder}/${i}.jpg`),
    );
    const all = await addSamples(own, paths);
    await analyze(
      own,
      all.slice(0, 12).map((id) => analysisOf(id, ['lighting:dark:90'])),
    );
    const xy = Float32Array.from(all.flatMap((_, i) => [10 * Math.floor(i / 12) + (i % 3) / 10, (i % 4) / 10]));
    await own.saveProjection(MODEL, { ids: Int32Array.from(all), xy }, {});
    const { assignments, clusters } = await own.map.clusters(MODEL);
    const nameOf = (point: number) => clusters[assignments[point]].name;
    assert.deepEqual([nameOf(0), nameOf(11), nameOf(12), nameOf(24)], ['dark', 'dark', 'right', 'far']);
    await own.tagging.decide({ ids: Int32Array.from(all.slice(24)) }, ['holiday'], 'added', null);
    assert.deepEqual((await own.map.clusters(MODEL)).clusters.map(({ name }) => name).sort(), [
      'dark',
      'holiday',
      'right',
    ]);
    await own.saveProjection(MODEL, { ids: Int32Array.from(all), xy: new Float32Array(72) }, {});
    assert.equal((await own.map.clusters(MODEL)).clusters.length, 1);
  });
});
