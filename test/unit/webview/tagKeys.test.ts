import assert from 'node:assert/strict';
import { tabAfterKey } from '../../../webview/panel/panelTabs';
import { freeKey, KEYS, sortedKeys, tagOfKey } from '../../../webview/panel/tagging/tagKeys';

describe('keys for tags', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  const keys = { 1: 'keep', x: 'crowded' };

  it('give their tag, whatever Caps Lock makes of them', () => {
    assert.equal(tagOfKey({ ...plain, key: '1' }, keys), 'keep');
    assert.equal(tagOfKey({ ...plain, key: 'X' }, keys), 'crowded');
    assert.equal(tagOfKey({ ...plain, key: '2' }, keys), null);
  });

  it('mean something else with Ctrl, Shift and the like, and longer names are other keys', () => {
    for (const held of ['ctrlKey', 'metaKey', 'altKey', 'shiftKey']) {
      assert.equal(tagOfKey({ ...plain, key: 'x', [held]: true }, keys), null, held);
    }
    assert.equal(tagOfKey({ ...plain, key: 'End' }, { ...keys, end: 'no' }), null);
  });

  it('are taken from the first digit on, and listed in that order', () => {
    assert.equal(freeKey({}), '1');
    assert.equal(freeKey(keys), '2');
    assert.equal(freeKey(Object.fromEntries(KEYS.map((key) => [key, 'tag']))), null);
    assert.deepEqual(sortedKeys({ x: 'a', 0: 'b', 9: 'c' }), [
      ['9', 'c'],
      ['0', 'b'],
      ['x', 'a'],
    ]);
  });
});

describe('tabs of the panel', () => {
  it('follow each other by arrow keys, round at the ends', () => {
    assert.equal(tabAfterKey('ArrowRight', 'images'), 'duplicates');
    assert.equal(tabAfterKey('ArrowLeft', 'images'), 'runs');
    assert.equal(tabAfterKey('ArrowRight', 'runs'), 'images');
    assert.equal(tabAfterKey('Home', 'policy'), 'images');
    assert.equal(tabAfterKey('End', 'images'), 'runs');
    assert.equal(tabAfterKey('a', 'images'), null);
  });
});
