import * as assert from 'node:assert/strict';
import { duplicateKey } from '../../../webview/panel/duplicates/duplicateKeys';

const press = (key: string, other = {}) =>
  duplicateKey({ key, ctrlKey: false, metaKey: false, altKey: false, ...other });

describe('keys among duplicates', () => {
  it('lead through the groups, choose and accept', () => {
    assert.deepEqual(
      ['j', 'ArrowDown', 'k', 'ArrowUp'].map((key) => press(key)),
      [{ go: 1 }, { go: 1 }, { go: -1 }, { go: -1 }],
    );
    assert.deepEqual([press('1'), press('9'), press('Enter')], [{ keep: 0 }, { keep: 8 }, 'accept']);
  });

  it('mean something else with Ctrl and the like, and others mean nothing', () => {
    assert.deepEqual([press('j', { ctrlKey: true }), press('0'), press('x'), press('10')], [null, null, null, null]);
  });
});
