import assert from 'node:assert/strict';
import { SelectionModel } from '../../../webview/panel/grid/selectionModel';

describe('selection in the grid', () => {
  it('toggles single images and gives their ids in order', () => {
    const selection = new SelectionModel();
    selection.toggle(30, 2);
    selection.toggle(4, 7);
    selection.toggle(100, 1);
    selection.toggle(30, 2);
    assert.deepEqual([...selection.ids], [4, 100]);
    assert.equal(selection.has(30), false);
    assert.equal(selection.anchor, 2, 'a range starts at the cell toggled last');
  });

  it('is let go by a plain click, which starts a range', () => {
    const selection = new SelectionModel();
    selection.toggle(1, 0);
    selection.moveTo(5);
    assert.equal(selection.size, 0);
    assert.equal(selection.anchor, 5);
  });

  it('is replaced by a range, whose start stays', () => {
    const selection = new SelectionModel();
    selection.toggle(1, 3);
    selection.selectOnly([5, 6, 7]);
    assert.deepEqual([...selection.ids], [5, 6, 7]);
    assert.equal(selection.anchor, 3);
  });

  it('survives another order of the list, except for the place where a range starts', () => {
    const selection = new SelectionModel();
    selection.toggle(1, 3);
    selection.forgetPlaces();
    assert.equal(selection.has(1), true);
    assert.equal(selection.anchor, null);
  });
});
