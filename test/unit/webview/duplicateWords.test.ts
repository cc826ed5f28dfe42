import * as assert from 'node:assert/strict';
import { alikeWords, decidedWords, groupWords } from '../../../webview/panel/duplicates/duplicateWords';

const GROUP = { id: 1, kind: 'exact' as const, foundBy: null, likeness: 100, best: { id: 1, reason: '' } };

describe('words about duplicates', () => {
  it('say how far a group is decided', () => {
    const words = (marked: number) => decidedWords({ ...GROUP, splits: [], images: [], size: 2000, marked });
    assert.deepEqual([0, 1, 1998, 1999, 2000].map(words), [
      ...[null, '1 marked', '1,998 marked', 'decided', 'all marked'],
    ]);
  });

  it('say how alike images are, and by what, never more than they are', () => {
    assert.equal(alikeWords({ foundBy: null, likeness: 100 }), '100 % alike');
    assert.equal(alikeWords({ foundBy: 'sign-code', likeness: 99.6 }), '99 % alike');
    assert.equal(alikeWords({ foundBy: 'perceptual-hash', likeness: 96.9 }), '96 % alike but for colours');
    assert.equal(alikeWords({ foundBy: 'DINOv2', likeness: 97.28 }), '97.2 % alike by DINOv2');
    const group = { ...GROUP, splits: [], images: [], size: 3, marked: 0 };
    assert.equal(groupWords(group), '3 images, same bytes');
    assert.equal(
      groupWords({ ...group, kind: 'near', foundBy: 'DINOv2', likeness: 96 }),
      '3 images, at least 96.0 % alike by DINOv2',
    );
  });
});
