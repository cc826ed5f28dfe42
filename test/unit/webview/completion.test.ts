import assert from 'node:assert/strict';
import {
  isOpenEnded,
  isUnfinished,
  moveActive,
  openList,
  takeItem,
  type CompletionItem,
  type OpenList,
} from '../../../webview/sidebar/completion';
import { correctionWords } from '../../../webview/sidebar/correctionWords';

const item = (insert: string, kind: CompletionItem['kind'] = 'tag'): CompletionItem => ({
  insert,
  label: insert,
  detail: '',
  kind,
});

function listOf(text: string, from: number, to: number, ...inserts: string[]): OpenList {
  const list = openList(text, { from, to, items: inserts.map((insert) => item(insert)) });
  assert.ok(list);
  return list;
}

describe('completion of the filter', () => {
  it('replaces what it is about and puts the caret behind it', () => {
    const list = listOf('width>10 tag:da OR night', 9, 15, 'tag:dark');
    assert.deepEqual(takeItem(list, item('tag:dark')), { text: 'width>10 tag:dark OR night', caret: 17 });
  });

  it('opens no list that would change nothing', () => {
    assert.equal(openList('tag:dark', { from: 0, to: 8, items: [item('tag:dark')] }), null);
    assert.equal(openList('tag:dark', { from: 8, to: 8, items: [] }), null);
    assert.equal(listOf('dark', 0, 4, 'dark', 'darkroom').completions.items.length, 1);
  });

  it('moves from the field to the first or the last, and past the ends back to the field', () => {
    const list = listOf('d', 0, 1, 'dark', 'dim', 'dusk');
    assert.equal(list.active, null);
    const first = moveActive(list, 1);
    assert.equal(first.active, 0);
    assert.equal(moveActive(first, -1).active, null);
    const last = moveActive(list, -1);
    assert.equal(last.active, 2);
    assert.equal(moveActive(last, 1).active, null);
  });

  it('goes on after a field, not after a value', () => {
    assert.equal(isOpenEnded(item('tag:', 'field')), true);
    assert.equal(isOpenEnded(item('width>', 'field')), true);
    assert.equal(isOpenEnded(item('tag:dark', 'tag')), false);
  });

  it('holds back an error only where suggestions say how to go on', () => {
    const list = listOf('tag:', 4, 4, 'dark');
    assert.equal(isUnfinished(4, list), true);
    assert.equal(isUnfinished(0, list), false);
    assert.equal(isUnfinished(4, null), false);
  });
});

describe('words about corrections', () => {
  it('name what was typed and what is shown instead', () => {
    assert.equal(correctionWords([]), null);
    assert.equal(
      correctionWords([{ typed: 'blury', used: ['blurry'] }]),
      'Nothing is called “blury”: showing “blurry”.',
    );
    assert.equal(
      correctionWords([
        { typed: 'drak', used: ['dark', 'drake', 'drab'] },
        { typed: 'nigt', used: ['night'] },
      ]),
      'Nothing is called “drak”: showing “dark”, “drake” and “drab”. Nothing is called “nigt”: showing “night”.',
    );
  });
});
