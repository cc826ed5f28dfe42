import assert from 'node:assert/strict';
import { ViewFilter } from '../../../src/host/viewFilter';

describe('view filter', () => {
  it('adds and takes away picks, several of one dimension included', () => {
    const filter = new ViewFilter();
    filter.setPick('lighting', 'dark', true);
    filter.setPick('lighting', 'dim', true);
    filter.setPick('lighting', 'dim', true);
    filter.setPick('clarity', 'blurry', true);
    assert.deepEqual(filter.forQueries.picks, { lighting: ['dark', 'dim'], clarity: ['blurry'] });
    filter.setPick('lighting', 'dark', false);
    filter.setPick('clarity', 'blurry', false);
    assert.deepEqual(filter.forQueries.picks, { lighting: ['dim'] });
  });

  it('keeps the last good expression while the text cannot be understood', () => {
    const filter = new ViewFilter();
    filter.setText('tag:dark');
    const good = filter.forQueries.expression;
    assert.notEqual(good, null);
    filter.setText('tag:dark (');
    assert.deepEqual(filter.forQueries.expression, good);
    assert.notEqual(filter.error, null);
    assert.equal(filter.forViews.text, 'tag:dark (');
    filter.setText('');
    assert.equal(filter.forQueries.expression, null);
    assert.equal(filter.error, null);
  });

  it('understands the dimensions of the dataset as fields, also in a text that came before them', () => {
    const filter = new ViewFilter();
    filter.setText('vehicle:bus');
    assert.match(filter.error?.message ?? '', /vehicle/);
    filter.setDimensions(['lighting', 'vehicle']);
    assert.equal(filter.error, null);
    assert.notEqual(filter.forQueries.expression, null);
  });

  it('restores picks and text, not the selection, and ignores what it did not save', () => {
    const filter = new ViewFilter();
    filter.setPick('lighting', 'dark', true);
    filter.setText('width>100');
    filter.setSelection(Int32Array.of(1, 2), 'map');
    const again = new ViewFilter();
    again.restore(JSON.parse(JSON.stringify(filter.saved)));
    assert.deepEqual(again.forViews, { picks: { lighting: ['dark'] }, text: 'width>100', selection: null });
    again.restore({ picks: 'none' });
    assert.deepEqual(again.forViews.picks, { lighting: ['dark'] });
  });

  it('tells views the size of a selection and queries its ids', () => {
    const filter = new ViewFilter();
    filter.setSelection(Int32Array.of(3, 5, 8), 'similar');
    assert.deepEqual(filter.forViews.selection, { source: 'similar', count: 3, ranked: null });
    assert.deepEqual(filter.forQueries.selection, Int32Array.of(3, 5, 8));
    filter.clear();
    assert.deepEqual(filter.forViews, { picks: {}, text: '', selection: null });
  });

  it('tells how alike what was found is, until something else is selected', () => {
    const filter = new ViewFilter();
    filter.setPick('lighting', 'dark', true);
    const ranking = { ids: Int32Array.of(5, 3), scores: Float32Array.of(1, 0.5) };
    filter.setRanking(ranking, 'similar', 'Similar to a.jpg');
    const { ranked } = filter.forViews.selection ?? {};
    assert.equal(ranked?.title, 'Similar to a.jpg');
    assert.deepEqual(filter.forQueries.selection, ranking.ids);
    assert.deepEqual(filter.forQueries.scores, ranking.scores);
    assert.equal(filter.withoutSelection.selection, null);
    assert.deepEqual(filter.withoutSelection.picks, { lighting: ['dark'] });
    assert.equal(filter.scoreOf(3), 0.5);
    assert.equal(filter.scoreOf(4), null);
    filter.setRanking(ranking, 'text', 'Found by “fog”');
    assert.ok((filter.forViews.selection?.ranked?.request ?? 0) > ranked.request);
    filter.setSelection(Int32Array.of(3), 'grid');
    assert.equal(filter.forViews.selection?.ranked, null);
    assert.equal(filter.forQueries.scores, null);
    assert.equal(filter.scoreOf(3), null);
  });

  it('takes the filter of a saved view, drops the selection, and remembers which view it was', () => {
    const filter = new ViewFilter();
    filter.setPick('clarity', 'blurry', true);
    filter.setSelection(Int32Array.of(3), 'map');
    const settings = { text: 'tag:dark', picks: { lighting: ['dark'] }, sort: 'path', descending: false } as const;
    const view = {
      ...settings,
      picks: { lighting: ['dark'] },
      columns: [],
      mapModel: null,
      colorBy: null,
      groupBy: null,
    };
    filter.apply({ id: 7, name: 'Dark', settings: view });
    assert.deepEqual(filter.forViews, { picks: { lighting: ['dark'] }, text: 'tag:dark', selection: null });
    const again = new ViewFilter();
    again.restore(JSON.parse(JSON.stringify(filter.saved)));
    assert.equal(again.view, 7);
    again.restore({ picks: {}, text: 'saved by a version without views' });
    assert.equal(again.view, null);
  });

  it('follows a tag that was picked to its new name, and back', () => {
    const filter = new ViewFilter();
    filter.setPick('attribute', 'grayscale', true);
    filter.setPick('folder', 'grayscale', true);
    filter.setAliases([{ alias: 'grayscale', tag: 'black and white' }]);
    assert.deepEqual(filter.forQueries.picks, { attribute: ['black and white'], folder: ['grayscale'] });
    assert.equal(filter.isPicked('attribute', 'black and white'), true);
    filter.setPick('attribute', 'black and white', true);
    assert.deepEqual(filter.forViews.picks['attribute'], ['black and white']);
    filter.setPick('attribute', 'black and white', false);
    assert.equal('attribute' in filter.forQueries.picks, false);
    filter.setPick('attribute', 'grayscale', true);
    filter.setAliases([]); // the renaming was undone
    assert.deepEqual(filter.forQueries.picks['attribute'], ['grayscale']);
  });
});
