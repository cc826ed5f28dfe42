import assert from 'node:assert/strict';
import { categoryCounts } from '../../../webview/panel/categoryCounts';
import { readPanelState } from '../../../webview/panel/panelState';
import { placeCard } from '../../../webview/panel/placeCard';

describe('panel state', () => {
  it('has defaults when nothing was saved', () => {
    const state = readPanelState(undefined);
    assert.equal(state.tab, 'images');
    assert.equal(state.sort, 'relevance');
    assert.deepEqual(state.columns, ['name']);
    assert.equal(state.colorBy, 'lighting');
    assert.equal(state.openId, null);
  });

  it('gives back what was saved', () => {
    const saved = { ...readPanelState(undefined), sort: 'sharpness', colorBy: null, cellSize: 200, openId: 7 };
    assert.deepEqual(readPanelState(saved), saved);
  });

  it('keeps the parts it understands', () => {
    const state = readPanelState({ sort: 'beauty', cellSize: 1e9, split: 0.3, firstIndex: -4 });
    assert.equal(state.sort, 'relevance');
    assert.equal(state.cellSize, 128);
    assert.equal(state.split, 0.3);
    assert.equal(state.firstIndex, 0);
    assert.equal(readPanelState('nonsense').split, readPanelState(undefined).split);
  });
});

describe('counts of the legend', () => {
  const categories = Uint8Array.of(0, 1, 1, 255, 1, 0);

  it('count the points of each label and those without one', () => {
    const { labeled, none } = categoryCounts(categories, ['dark', 'dim', 'bright'], null);
    assert.deepEqual(
      labeled.map(({ total }) => total),
      [2, 3, 0],
    );
    assert.deepEqual(none, { total: 1, matching: 1 });
  });

  it('count those that pass the filter', () => {
    const { labeled, none } = categoryCounts(categories, ['dark', 'dim'], Uint8Array.of(1, 0, 1, 0, 0, 1));
    assert.deepEqual(labeled, [
      { total: 2, matching: 2 },
      { total: 3, matching: 1 },
    ]);
    assert.deepEqual(none, { total: 1, matching: 0 });
  });

  it('leave a mask of other points aside', () => {
    const { labeled } = categoryCounts(categories, ['dark'], new Uint8Array(3));
    assert.deepEqual(labeled, [{ total: 2, matching: 2 }]);
  });
});

describe('place of the hover card', () => {
  const view = { width: 1000, height: 600 };
  const card = { width: 270, height: 300 };
  const box = (left: number, top: number) => ({ left, top, right: left + 100, bottom: top + 100 });

  it('is to the right of the image, to the left where there is no room', () => {
    assert.deepEqual(placeCard(box(100, 50), card, view), { left: 208, top: 50 });
    assert.deepEqual(placeCard(box(850, 50), card, view), { left: 850 - 8 - 270, top: 50 });
  });

  it('is inside the window', () => {
    assert.equal(placeCard(box(100, 550), card, view).top, 600 - 300 - 8);
    const small = placeCard(box(50, 0), card, { width: 280, height: 200 });
    assert.deepEqual(small, { left: 8, top: 8 });
  });
});
