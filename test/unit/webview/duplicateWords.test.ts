import * as assert from 'node:assert/strict';
import { decidedWords } from '../../../webview/panel/duplicates/duplicateWords';

const GROUP = { id: 1, kind: 'exact' as const, distance: 0, best: { id: 1, reason: '' } };

describe('words about duplicates', () => {
  it('say how far a group is decided', () => {
    const words = (marked: number) => decidedWords({ ...GROUP, splits: [], images: [], size: 2000, marked });
    assert.deepEqual([0, 1, 1998, 1999, 2000].map(words), [
      ...[null, '1 marked', '1,998 marked', 'decided', 'all marked'],
    ]);
  });
});
