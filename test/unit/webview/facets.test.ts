import assert from 'node:assert/strict';
import type { FacetDimension } from '../../../src/protocol/viewApi';
import { abridge, SHORT_LIST } from '../../../webview/sidebar/abridge';
import { groupEmpty } from '../../../webview/sidebar/emptyFacets';
import { pointAt } from '../../../webview/sidebar/pointAt';
import { readSidebarState, toggled } from '../../../webview/sidebar/sidebarState';

describe('facets', () => {
  const values = (count: number, picked: number[] = []) =>
    Array.from({ length: count }, (_, index) => ({ index, picked: picked.includes(index) }));

  it('show the first values of a long list and all that are picked', () => {
    const { shown, hidden } = abridge(values(40, [5, 30]), false);
    assert.equal(shown.length, SHORT_LIST + 1);
    assert.equal(shown.at(-1)?.index, 30);
    assert.equal(hidden, 40 - SHORT_LIST - 1);
  });

  it('show a list whole when it is short, or asked for whole', () => {
    assert.equal(abridge(values(SHORT_LIST + 2), false).hidden, 0);
    assert.equal(abridge(values(40), true).shown.length, 40);
  });

  it('tell once why neighbouring dimensions are empty', () => {
    const dimension = (name: string, total: number, hint: string | null): FacetDimension => ({
      name,
      title: name,
      hint,
      next: null,
      values: [{ value: 'x', label: 'x', total, matching: total, picked: false }],
    });
    const groups = groupEmpty([
      dimension('a', 3, null),
      dimension('b', 0, 'no model'),
      dimension('c', 0, 'no model'),
      dimension('d', 0, 'not run yet'),
      dimension('e', 1, null),
      dimension('f', 0, 'no model'),
    ]);
    assert.deepEqual(
      groups.map((group) => group.map(({ name }) => name).join('')),
      ['a', 'bc', 'd', 'e', 'f'],
    );
  });

  it('keep a dimension that is empty but picked apart, so that the pick can be taken back', () => {
    const empty = (name: string, picked: boolean): FacetDimension => ({
      name,
      title: name,
      hint: 'no model',
      next: null,
      values: [{ value: 'x', label: 'x', total: 0, matching: 0, picked }],
    });
    assert.equal(groupEmpty([empty('a', false), empty('b', true)]).length, 2);
  });

  it('remember what is folded, and start afresh from what they cannot understand', () => {
    assert.deepEqual(readSidebarState({ folded: ['color'] }).folded, ['color']);
    assert.deepEqual(readSidebarState({ folded: 'color' }).folded, []);
    assert.deepEqual(readSidebarState('?').folded, []);
    assert.deepEqual(readSidebarState(undefined).unabridged, []);
    assert.deepEqual(toggled(['a', 'b'], 'a'), ['b']);
    assert.deepEqual(toggled(['b'], 'a'), ['b', 'a']);
  });
});

describe('place of a filter error', () => {
  it('points at the character', () => {
    assert.deepEqual(pointAt('dark foo:1', 5), { before: 'dark ', at: 'f', after: 'oo:1' });
  });

  it('points behind the end', () => {
    assert.deepEqual(pointAt('(dark', 5), { before: '(dark', at: '␣', after: '' });
    assert.deepEqual(pointAt('(dark', 99), { before: '(dark', at: '␣', after: '' });
  });

  it('does not tear a character apart, and shortens long texts', () => {
    const text = `${'a'.repeat(50)}🦊${'b'.repeat(50)}`;
    const { before, at, after } = pointAt(text, 50);
    assert.equal(at, '🦊');
    assert.match(before, /^…a+$/);
    assert.match(after, /^b+…$/);
  });
});
