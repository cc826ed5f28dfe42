import assert from 'node:assert/strict';
import type { SavedView, ViewSettings } from '../../../src/protocol/savedViewApi';
import { describeView, sameSettings, viewInForce } from '../../../webview/panel/views/viewChange';

const SETTINGS: ViewSettings = {
  text: 'tag:dark',
  picks: { clarity: ['sharp', 'blurry'] },
  sort: 'path',
  descending: false,
  groupBy: null,
  columns: ['name', 'tags'],
  mapModel: 'visual-look',
  colorBy: 'lighting',
};
const VIEW: SavedView = { id: 3, name: 'Dark', settings: SETTINGS };
const { text, picks, ...PANEL } = SETTINGS;

describe('saved views', () => {
  it('are the same in whatever order they were picked', () => {
    const picked = { clarity: ['blurry', 'sharp'], weather: [] };
    assert.equal(sameSettings(SETTINGS, { ...SETTINGS, picks: picked, columns: ['tags', 'name'] }), true);
    assert.equal(sameSettings(SETTINGS, { ...SETTINGS, text: ' tag:dark ' }), true);
  });

  it('differ in each of their parts', () => {
    const changes: Partial<ViewSettings>[] = [
      { text: 'tag:dim' },
      { picks: { clarity: ['sharp'] } },
      { sort: 'size' },
      { descending: true },
      { columns: ['name'] },
      { mapModel: 'clip' },
      { colorBy: null },
    ];
    for (const change of changes) assert.equal(sameSettings(SETTINGS, { ...SETTINGS, ...change }), false);
  });

  it('do not count a map that is not known yet as a change', () => {
    assert.equal(sameSettings(SETTINGS, { ...SETTINGS, mapModel: null }), true);
  });

  it('are in force until something else is chosen, and say when they were changed', () => {
    assert.equal(viewInForce([VIEW], null, { text, picks }, PANEL), null);
    assert.equal(viewInForce([], 3, { text, picks }, PANEL), null);
    assert.deepEqual(viewInForce([VIEW], 3, { text, picks }, PANEL), { view: VIEW, isModified: false });
    assert.equal(viewInForce([VIEW], 3, { text, picks: {} }, PANEL)?.isModified, true);
    assert.equal(viewInForce([VIEW], 3, { text: '', picks: {} }, PANEL), null); // the whole filter was cleared
  });

  it('say in words what they show', () => {
    assert.equal(describeView(SETTINGS), 'tag:dark, clarity: sharp or blurry, by path');
    assert.equal(
      describeView({ ...SETTINGS, text: '', picks: {}, descending: true }),
      'all images, by path, descending',
    );
  });
});
