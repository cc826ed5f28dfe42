import assert from 'node:assert/strict';
import { cellAfterKey } from '../../../webview/panel/grid/gridKeys';
import { GRID_GAP, layoutGrid } from '../../../webview/panel/grid/gridLayout';

describe('keys in the grid', () => {
  // 4 columns, 10 cells: rows 0–3, 4–7, 8–9
  const layout = layoutGrid(10, 4 * 106 + GRID_GAP, 100);
  const after = (key: string, index: number, pageRows = 2) => cellAfterKey(key, index, layout, pageRows);

  it('go through the list with left and right, across rows, and stop at its ends', () => {
    assert.equal(after('ArrowRight', 3), 4);
    assert.equal(after('ArrowLeft', 4), 3);
    assert.equal(after('ArrowLeft', 0), 0);
    assert.equal(after('ArrowRight', 9), 9);
  });

  it('keep the column with up and down', () => {
    assert.equal(after('ArrowDown', 1), 5);
    assert.equal(after('ArrowUp', 5), 1);
    assert.equal(after('ArrowUp', 1), 1);
  });

  it('end on the last cell when the last row is too short', () => {
    assert.equal(after('ArrowDown', 7), 9);
  });

  it('go by pages and to the ends', () => {
    assert.equal(after('PageDown', 1), 9);
    assert.equal(after('PageUp', 9), 1);
    assert.equal(after('PageUp', 9, 0), 5, 'a page is never less than a row');
    assert.equal(after('Home', 6), 0);
    assert.equal(after('End', 6), 9);
  });

  it('leave other keys alone', () => {
    assert.equal(after('x', 3), null);
    assert.equal(after('Tab', 3), null);
  });
});
