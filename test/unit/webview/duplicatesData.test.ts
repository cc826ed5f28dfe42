import * as assert from 'node:assert/strict';
import type { DuplicateGroup } from '../../../src/protocol/duplicatesApi';
import type { HostConnection } from '../../../webview/shared/hostConnection';
import { DuplicatesData } from '../../../webview/panel/duplicates/duplicatesData';

/** A group of these images, of which the first is best to keep. */
function groupOf(...ids: number[]): DuplicateGroup {
  const image = {
    ...{ path: '', width: 1, height: 1, format: null, size: 1, sharpness: null, tags: [] },
    ...{ foundBy: null, likeness: 100, transform: null, split: null, toRemove: false, thumbnail: null },
  };
  return {
    ...{ id: 1, kind: 'near', size: ids.length, marked: 0, foundBy: null, likeness: 100, splits: [] },
    images: ids.map((id) => ({ ...image, id })),
    best: { id: ids[0], reason: '' },
  };
}

describe('what is known of duplicates', () => {
  it('keeps a choice while it is in the group, also when a new search gives its number to another', () => {
    const data = new DuplicatesData({} as HostConnection, () => undefined);
    const group = groupOf(1, 2, 3);
    assert.equal(data.kept(group), 1);
    data.keep(group, 2);
    assert.equal(data.kept(groupOf(1, 2)), 2);
    assert.equal(data.kept(groupOf(7, 8)), 7);
  });
});
