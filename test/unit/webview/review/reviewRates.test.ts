import assert from 'node:assert/strict';
import {
  orderAfterClick,
  rateOf,
  rateWords,
  sortRates,
  type AcceptanceRow,
} from '../../../../webview/panel/review/rateTable';
import { stackedBars } from '../../../../webview/panel/policy/stackedBars';

function row(tag: string, change: Partial<AcceptanceRow> = {}): AcceptanceRow {
  const provider = { name: 'builtin', title: 'Built-in' };
  return { provider, tag, dimension: 'lighting', threshold: 50, approved: 0, rejected: 0, undecided: 0, ...change };
}

const tags = (rows: readonly AcceptanceRow[]) => rows.map(({ tag }) => tag);

describe('acceptance rates', () => {
  it('are the approved share of what was decided', () => {
    assert.equal(rateOf({ approved: 3, rejected: 1 }), 0.75);
    assert.equal(rateOf({ approved: 0, rejected: 0 }), null);
  });

  it('say all and none only of what is quite that', () => {
    assert.equal(rateWords(0.834), '83 %');
    assert.equal(rateWords(0.999), '99 %');
    assert.equal(rateWords(1), '100 %');
    assert.equal(rateWords(0.001), '1 %');
    assert.equal(rateWords(0), '0 %');
    assert.equal(rateWords(null), '–');
  });

  it('are sorted by any column, those without a value last in both directions', () => {
    const rows = [row('b', { approved: 1, rejected: 1 }), row('c'), row('a', { approved: 1 })];
    assert.deepEqual(tags(sortRates(rows, { by: 'rate', descending: true })), ['a', 'b', 'c']);
    assert.deepEqual(tags(sortRates(rows, { by: 'rate', descending: false })), ['b', 'a', 'c']);
    assert.deepEqual(tags(sortRates(rows, { by: 'tag', descending: true })), ['c', 'b', 'a']);
    assert.deepEqual(tags(sortRates(rows, { by: 'rejected', descending: true })), ['b', 'a', 'c'], 'ties by tag');
  });

  it('turn with a second click; numbers begin with the largest, names with the first', () => {
    const byTag = orderAfterClick({ by: 'rate', descending: true }, 'tag');
    assert.deepEqual(byTag, { by: 'tag', descending: false });
    assert.deepEqual(orderAfterClick(byTag, 'tag'), { by: 'tag', descending: true });
    assert.deepEqual(orderAfterClick(byTag, 'undecided'), { by: 'undecided', descending: true });
  });
});

describe('bars of stored scores', () => {
  const counts = (...pairs: [score: number, times: number][]) => {
    const all = new Int32Array(101);
    for (const [score, times] of pairs) all[score] = times;
    return all;
  };

  it('pile up what was approved, rejected and not reviewed, against the highest bar', () => {
    const scores = { given: counts([0, 2], [9, 2], [50, 8]), approved: counts([50, 2]), rejected: counts([50, 4]) };
    const bars = stackedBars(scores, 10);
    assert.equal(bars.length, 10);
    assert.deepEqual(bars[0], { approved: 0, rejected: 0, all: 0.5 });
    assert.deepEqual(bars[5], { approved: 0.25, rejected: 0.75, all: 1 });
  });

  it('have the score 100 in the last one', () => {
    const scores = { given: counts([100, 1]), approved: counts(), rejected: counts() };
    assert.equal(stackedBars(scores, 2).at(-1)?.all, 1);
  });
});
