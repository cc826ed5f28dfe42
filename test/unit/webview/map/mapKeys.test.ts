import assert from 'node:assert/strict';
import { commandOf } from '../../../../webview/panel/map/mapKeys';
import { passingWords, pointWords } from '../../../../webview/panel/map/mapWords';

describe('the keys of the map', () => {
  const press = (
    key: string,
    modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
  ) => commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers });

  it('pans with arrows and goes from point to point with Control or Command', () => {
    assert.deepEqual(press('ArrowUp'), { kind: 'pan', direction: [0, 1] });
    assert.deepEqual(press('ArrowLeft', { ctrlKey: true }), { kind: 'go', direction: [-1, 0] });
    assert.deepEqual(press('ArrowLeft', { metaKey: true }), { kind: 'go', direction: [-1, 0] });
  });

  it('zooms in and out by the same factor', () => {
    const [closer, farther] = [press('+'), press('-')];
    assert.ok(closer?.kind === 'zoom' && farther?.kind === 'zoom');
    assert.ok(closer.factor > 1 && Math.abs(closer.factor * farther.factor - 1) < 1e-9);
  });

  it('knows the others, in capitals too', () => {
    const kinds = ['0', 'Enter', 'Escape', 'L', 'r', 'd'].map((key) => press(key)?.kind);
    assert.deepEqual(kinds, ['fit', 'open', 'clear', 'toggleLasso', 'toggleRectangle', 'toggleDensity']);
    assert.deepEqual(press('a'), { kind: 'selectView', mode: 'replace' });
    assert.deepEqual(press('A', { shiftKey: true }), { kind: 'selectView', mode: 'add' });
  });

  it('leaves shortcuts of the editor and other keys alone', () => {
    assert.equal(press('a', { ctrlKey: true }), null);
    assert.equal(press('ArrowLeft', { altKey: true }), null);
    assert.equal(press('0', { metaKey: true }), null);
    assert.equal(press('Tab'), null);
    assert.equal(press('x'), null);
  });

  it('says how many points are selected', () => {
    assert.equal(passingWords(12, 180), '12 of 180 points selected');
    assert.equal(passingWords(null, 1), '1 point');
    assert.equal(passingWords(0, 1_000_000), '0 of 1,000,000 points selected');
    assert.equal(pointWords(4, 180, 'dark'), 'Point 5 of 180 points, dark');
  });
});
