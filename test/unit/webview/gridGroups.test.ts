import assert from 'node:assert/strict';
import { cellAfterKey } from '../../../webview/panel/grid/gridKeys';
import {
  cellsOf,
  GRID_GAP,
  layoutGrid,
  rowOf,
  rowTop,
  scrollTopToShow,
  visibleRows,
} from '../../../webview/panel/grid/gridLayout';
import { HEAD_HEIGHT } from '../../../webview/panel/grid/gridSections';

const WIDTH = 4 * 106 + GRID_GAP; // 4 columns

describe('a grouped grid', () => {
  // rows: 0–3 | 4 || 5–8 | 9 10 || 11
  const layout = layoutGrid(12, WIDTH, 100, 1, [5, 6, 1]);

  it('begins each group with a heading and a new row', () => {
    assert.equal(layout.columns, 4);
    assert.equal(layout.rows, 5);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((row) => cellsOf(layout, row)),
      [
        { first: 0, count: 4 },
        { first: 4, count: 1 },
        { first: 5, count: 4 },
        { first: 9, count: 2 },
        { first: 11, count: 1 },
      ],
    );
    for (let index = 0; index < 12; index++) {
      const { first, count } = cellsOf(layout, rowOf(layout, index));
      assert.ok(index >= first && index < first + count);
    }
    const { rowHeight } = layout;
    assert.equal(rowTop(layout, 0), GRID_GAP + HEAD_HEIGHT);
    assert.equal(rowTop(layout, 2), GRID_GAP + 2 * HEAD_HEIGHT + 2 * rowHeight);
    assert.equal(layout.contentHeight, GRID_GAP + 3 * HEAD_HEIGHT + 5 * rowHeight);
  });

  it('draws what the view touches, across groups', () => {
    assert.deepEqual(visibleRows(layout, 0, HEAD_HEIGHT, 0), { first: 0, last: 0 }, 'the row under a heading');
    assert.deepEqual(visibleRows(layout, rowTop(layout, 1), layout.rowHeight + 1, 0), { first: 1, last: 2 });
    assert.deepEqual(visibleRows(layout, 0, layout.contentHeight, 2), { first: 0, last: 4 });
  });

  it('finds rows among a million groups and images as a walk over them does', () => {
    const sizes = Array.from({ length: 1000 }, (_, group) => 1 + ((group * 7919) % 1999));
    const count = sizes.reduce((sum, size) => sum + size, 0);
    const large = layoutGrid(count, WIDTH, 100, 1, sizes);
    let [first, row, y] = [0, 0, GRID_GAP];
    for (const size of sizes) {
      y += HEAD_HEIGHT;
      assert.equal(rowOf(large, first), row);
      assert.equal(rowTop(large, row), y);
      assert.deepEqual(visibleRows(large, y, 1, 0), { first: row, last: row });
      const last = first + size - 1;
      assert.equal(rowOf(large, last), row + Math.ceil(size / 4) - 1);
      first += size;
      row += Math.ceil(size / 4);
      y += Math.ceil(size / 4) * large.rowHeight;
    }
    assert.equal(large.contentHeight, y);
  });

  it('goes up and down across groups in the same column, or ends on the last cell of a row', () => {
    const after = (key: string, index: number) => cellAfterKey(key, index, layout, 2);
    assert.equal(after('ArrowDown', 2), 4);
    assert.equal(after('ArrowDown', 4), 5);
    assert.equal(after('ArrowUp', 8), 4);
    assert.equal(after('ArrowRight', 4), 5);
    assert.equal(after('PageDown', 0), 5);
    assert.equal(after('ArrowDown', 11), 11);
    assert.equal(after('End', 0), 11);
  });

  it('shows a row with the heading above it', () => {
    assert.equal(scrollTopToShow(layout, 5, 5000, 300), rowTop(layout, 2) - GRID_GAP - HEAD_HEIGHT);
  });

  it('is one list while the groups are not (yet) those of the list', () => {
    const other = layoutGrid(12, WIDTH, 100, 1, [5, 6]);
    assert.equal(other.sections.length, 1);
    assert.equal(other.contentHeight, layoutGrid(12, WIDTH, 100).contentHeight);
  });
});
