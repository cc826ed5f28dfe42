import assert from 'node:assert/strict';
import type { DecideAction, Operation, SampleSet } from '../../../src/protocol/tagApi';
import { Tagger } from '../../../webview/panel/tagging/tagger';
import { undoKey, UndoHistory } from '../../../webview/panel/tagging/undoHistory';
import { Deferred } from './deferred';

const operation = (id: number, title: string): Operation => ({ id, title, samples: 1 });

describe('undo and redo', () => {
  it('say what they did, and ask what there is then', async () => {
    const said: string[] = [];
    const left = [operation(2, 'Add “dark” to 1 image')];
    const host = {
      history: () => Promise.resolve({ undo: left[0] ?? null, redo: null }),
      undo: () => Promise.resolve(left.shift() ?? null),
      redo: () => Promise.resolve(null),
    };
    const changed = new Deferred<undefined>();
    const history = new UndoHistory(
      host,
      () => changed.resolve(undefined),
      (text) => said.push(text),
      assert.ifError,
    );
    await history.undo();
    await history.undo();
    await history.redo();
    assert.deepEqual(said, ['Undone: Add “dark” to 1 image', 'Nothing to undo.', 'Nothing to redo.']);
    await changed.promise;
    assert.equal(history.history.undo, null);
  });

  it('go one after the other, also after a failure', async () => {
    const first = new Deferred<Operation | null>();
    const calls: string[] = [];
    const failures: unknown[] = [];
    const host = {
      history: () => Promise.resolve({ undo: null, redo: null }),
      undo: () => {
        calls.push('undo');
        return first.promise;
      },
      redo: () => {
        calls.push('redo');
        return Promise.resolve(null);
      },
    };
    const history = new UndoHistory(
      host,
      () => undefined,
      () => undefined,
      (error) => failures.push(error),
    );
    const undone = history.undo();
    const redone = history.redo();
    await Promise.resolve();
    assert.deepEqual(calls, ['undo']);
    first.reject(new Error('disk full'));
    await Promise.all([undone, redone]);
    assert.deepEqual(calls, ['undo', 'redo']);
    assert.equal(failures.length, 1);
  });

  it('have the keys of every system, but not in text', () => {
    const plain = { key: 'z', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
    assert.equal(undoKey({ ...plain, ctrlKey: true }, false), 'undo');
    assert.equal(undoKey({ ...plain, metaKey: true }, false), 'undo');
    assert.equal(undoKey({ ...plain, key: 'Z', ctrlKey: true, shiftKey: true }, false), 'redo');
    assert.equal(undoKey({ ...plain, key: 'y', ctrlKey: true }, false), 'redo');
    assert.equal(undoKey({ ...plain, ctrlKey: true }, true), null);
    assert.equal(undoKey({ ...plain, ctrlKey: true, altKey: true }, false), null);
    assert.equal(undoKey(plain, false), null);
  });
});

describe('tags that are given and taken', () => {
  const samples: SampleSet = { kind: 'ids', ids: Int32Array.of(1, 2, 3) };
  const host = (has: number) => {
    const actions: DecideAction[] = [];
    return {
      actions,
      tagsOf: () => Promise.resolve({ total: 3, tags: [{ tag: 'keep', dimension: 'other', samples: has }] }),
      decide: ({ action }: { action: DecideAction }) => {
        actions.push(action);
        return Promise.resolve(action === 'removed' ? null : operation(1, 'Add “keep” to 3 images'));
      },
      suggestTags: () => Promise.resolve({ name: null, problem: null, isNew: false, suggestions: [] }),
    };
  };

  it('are given to all where some lack them, else taken from all', async () => {
    const said: string[] = [];
    const some = host(2);
    await new Tagger(some, (text) => said.push(text)).toggle(samples, 'keep');
    const all = host(3);
    await new Tagger(all, (text) => said.push(text)).toggle(samples, 'keep');
    assert.deepEqual([...some.actions, ...all.actions], ['added', 'removed']);
    assert.deepEqual(said, ['Done: Add “keep” to 3 images', '“keep”: nothing changes by that.']);
  });

  it('are one action after the other, a failed one told to whoever asked', async () => {
    const failing = { ...host(0), tagsOf: () => Promise.reject(new Error('read-only')) };
    const tagger = new Tagger(failing, () => undefined);
    const toggled = tagger.toggle(samples, 'keep');
    const decided = tagger.decide(samples, 'keep', 'added');
    await assert.rejects(toggled, /read-only/);
    await decided;
    assert.deepEqual(failing.actions, ['added']);
  });
});
