import assert from 'node:assert/strict';
import { readReviewState } from '../../../../webview/panel/review/reviewState';

describe('what the review remembers', () => {
  const position = { sampleId: 7, tag: 'dark', ahead: 3 };

  it('comes back as it was saved', () => {
    const saved = {
      ...{ tag: 'dark', provider: 'builtin', filtered: true, order: 'unsure', mode: 'single' },
      ...{ position, dataset: 'file:///photos' },
    };
    assert.deepEqual(readReviewState(saved), saved);
  });

  it('starts with all tags in the grid, whatever was there before', () => {
    for (const saved of [undefined, null, 'grid', { mode: 'cards', order: 1, position: { sampleId: '7' } }]) {
      const { tag, mode, order, position: start, filtered } = readReviewState(saved);
      assert.deepEqual([tag, mode, order, start, filtered], [null, 'grid', 'useful', null, false]);
    }
  });

  it('keeps what it understands beside what it does not', () => {
    assert.deepEqual(readReviewState({ mode: 'cards', position }).position, position);
  });
});
