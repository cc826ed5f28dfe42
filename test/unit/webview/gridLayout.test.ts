import assert from 'node:assert/strict';
import {
  CAPTION_HEIGHT,
  GRID_GAP,
  layoutGrid,
  rowTop,
  scrollTopToShow,
  visibleRows,
} from '../../../webview/panel/grid/gridLayout';

describe('grid layout', () => {
  it('fits as many columns as the width has room for and widens them to fill it', () => {
    const layout = layoutGrid(100, 3 * (128 + GRID_GAP) + GRID_GAP + 50, 128);
    assert.equal(layout.columns, 3);
    assert.equal(layout.rows, 34);
    assert.ok(layout.cellWidth > 128, `cells are ${layout.cellWidth} wide`);
    const used = layout.columns * (layout.cellWidth + GRID_GAP) + GRID_GAP;
    assert.ok(used <= 3 * (128 + GRID_GAP) + GRID_GAP + 50, 'the row is not wider than the grid');
    assert.equal(layout.rowHeight, layout.cellWidth + CAPTION_HEIGHT + GRID_GAP);
  });

  it('has one column when not even one cell fits', () => {
    assert.equal(layoutGrid(5, 20, 128).columns, 1);
    assert.equal(layoutGrid(5, 0, 128).rows, 5);
  });

  it('has no rows and no height without images', () => {
    const layout = layoutGrid(0, 600, 128);
    assert.equal(layout.contentHeight, 0);
    assert.equal(visibleRows(layout, 0, 400, 2), null);
  });

  it('draws the rows that the view touches and the overscan, within the list', () => {
    const layout = layoutGrid(1000, 4 * 106 + GRID_GAP, 100);
    assert.equal(layout.columns, 4);
    const { rowHeight } = layout;
    assert.deepEqual(visibleRows(layout, 0, 2 * rowHeight, 0), { first: 0, last: 1 });
    assert.deepEqual(visibleRows(layout, rowTop(layout, 10), rowHeight, 0), { first: 10, last: 10 });
    assert.deepEqual(visibleRows(layout, rowTop(layout, 10) + 1, rowHeight, 2), { first: 8, last: 13 });
    assert.deepEqual(visibleRows(layout, layout.contentHeight, rowHeight, 3), { first: 247, last: 249 });
  });

  it('scrolls no further than a row needs to be seen whole', () => {
    const layout = layoutGrid(1000, 4 * 106 + GRID_GAP, 100);
    const height = 3 * layout.rowHeight;
    assert.equal(scrollTopToShow(layout, 4, 0, height), 0, 'a row in sight needs no scrolling');
    const down = scrollTopToShow(layout, 4 * 20, 0, height);
    assert.equal(down + height, rowTop(layout, 21), 'a row below ends at the lower edge');
    const up = scrollTopToShow(layout, 4 * 2, 5000, height);
    assert.equal(up, rowTop(layout, 2) - GRID_GAP, 'a row above starts at the upper edge');
  });
});
