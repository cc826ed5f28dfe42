import assert from 'node:assert/strict';
import type { Filter } from '../../../src/protocol/viewApi';
import { orderInForce, withOrder } from '../../../webview/panel/gridOrder';
import { readPanelState } from '../../../webview/panel/panelState';
import { canSortBy } from '../../../webview/panel/sortField';

const NONE: Filter = { picks: {}, text: '', selection: null };
const found = (request: number): Filter => ({
  ...NONE,
  selection: { source: 'similar', count: 3, ranked: { title: 'Similar to a.jpg', request } },
});

describe('the order in force', () => {
  const state = readPanelState({ sort: 'size', descending: true, groupBy: 'folder' });

  it('is what was chosen, but the best first in an answer to what is similar', () => {
    assert.deepEqual(orderInForce(NONE, state), { sort: 'size', descending: true, groupBy: 'folder' });
    assert.deepEqual(orderInForce(found(1), state), { sort: 'similarity', descending: false, groupBy: null });
    const lost = { ...state, sort: 'similarity' as const };
    assert.equal(orderInForce(NONE, lost).sort, 'path', 'nothing is alike without a question');
  });

  it('can be another one for that answer, and the one before it returns when it is left', () => {
    const changed = { ...state, ...withOrder(found(1), state, { sort: 'sharpness' }) };
    assert.deepEqual(orderInForce(found(1), changed), { sort: 'sharpness', descending: false, groupBy: null });
    const turned = { ...changed, ...withOrder(found(1), changed, { descending: true }) };
    assert.deepEqual(orderInForce(found(1), turned), { sort: 'sharpness', descending: true, groupBy: null });
    assert.equal(orderInForce(found(2), turned).sort, 'similarity', 'a new answer has its own order again');
    assert.equal(orderInForce(NONE, turned).sort, 'size');
    assert.deepEqual(withOrder(NONE, state, { sort: 'noise' }), { sort: 'noise' });
  });

  it('offers only what there is something to sort by for', () => {
    assert.equal(canSortBy('relevance', NONE), false);
    assert.equal(canSortBy('relevance', { ...NONE, text: 'fog' }), true);
    assert.equal(canSortBy('similarity', NONE), false);
    assert.equal(canSortBy('similarity', found(1)), true);
    assert.equal(canSortBy('confidence', { ...NONE, picks: { folder: ['a'], lighting: [] } }), false);
    assert.equal(canSortBy('confidence', { ...NONE, picks: { lighting: ['dark'] } }), true);
    assert.equal(canSortBy('noise', NONE), true);
  });
});
