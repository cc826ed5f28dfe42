import assert from 'node:assert/strict';
import { actionOfKey, type ReviewMode } from '../../../../webview/panel/review/reviewKeys';

function press(keys: string, mode: ReviewMode): unknown {
  const parts = keys.split('+');
  return actionOfKey(
    {
      key: parts.at(-1) ?? '',
      shiftKey: parts.includes('Shift'),
      commandKey: parts.includes('Ctrl'),
      altKey: parts.includes('Alt'),
    },
    mode,
  );
}

describe('keys in the review', () => {
  it('decide in both modes, with Caps Lock too', () => {
    for (const mode of ['grid', 'single'] as const) {
      assert.deepEqual(press('a', mode), { kind: 'approve' });
      assert.deepEqual(press('A', mode), { kind: 'approve' });
      assert.deepEqual(press('r', mode), { kind: 'reject' });
      assert.deepEqual(press('u', mode), { kind: 'undo' });
      assert.deepEqual(press('f', mode), { kind: 'similar' });
      assert.deepEqual(press('?', mode), { kind: 'help' });
    }
  });

  it('mark, accept and turn pages in the grid', () => {
    assert.deepEqual(press(' ', 'grid'), { kind: 'mark' });
    assert.deepEqual(press('Shift+Enter', 'grid'), { kind: 'acceptRest' });
    assert.deepEqual(press('Enter', 'grid'), { kind: 'openSingle' });
    assert.deepEqual(press('Ctrl+a', 'grid'), { kind: 'markAll' });
    assert.deepEqual(press('PageDown', 'grid'), { kind: 'page', direction: 1 });
    assert.deepEqual(press('PageUp', 'grid'), { kind: 'page', direction: -1 });
    assert.equal(press('j', 'grid'), null);
    assert.equal(press('1', 'grid'), null);
  });

  it('go from image to image and choose by number with one image', () => {
    for (const key of ['j', 'ArrowRight', 'ArrowDown']) {
      assert.deepEqual(press(key, 'single'), { kind: 'image', direction: 1 });
    }
    for (const key of ['k', 'ArrowLeft', 'ArrowUp']) {
      assert.deepEqual(press(key, 'single'), { kind: 'image', direction: -1 });
    }
    assert.deepEqual(press('9', 'single'), { kind: 'choose', number: 9 });
    assert.deepEqual(press('g', 'single'), { kind: 'back' });
    assert.equal(press('0', 'single'), null);
    assert.equal(press(' ', 'single'), null);
    assert.equal(press('Shift+Enter', 'single'), null);
  });

  it('leave undo by Ctrl, and what else has Ctrl or Alt, to others', () => {
    assert.equal(press('Ctrl+z', 'grid'), null);
    assert.equal(press('Ctrl+a', 'single'), null);
    assert.equal(press('Ctrl+r', 'grid'), null);
    assert.equal(press('Alt+a', 'grid'), null);
  });
});
