import * as assert from 'node:assert/strict';
import { DEFAULT_MAP_SETTINGS as chosen } from '../../../../src/protocol/mapSettings';
import { describeMap } from '../../../../webview/panel/map/mapSettingsWords';

const plain = { chosen, laidOut: chosen, provisional: false, placed: 0, waiting: 0 };

describe('words about a map', () => {
  it('are none where there is nothing to say', () => {
    assert.equal(describeMap(plain), '');
  });

  it('tell what a layout lacks', () => {
    assert.equal(describeMap({ ...plain, laidOut: null }), 'This map is not laid out yet.');
    assert.match(describeMap({ ...plain, provisional: true }), /^This is a first picture/);
    assert.match(describeMap({ ...plain, placed: 1200 }), /^1,200 images came later/);
    assert.match(describeMap({ ...plain, waiting: 1 }), /^1 image without a place/);
  });

  it('tell with what it was made where other settings are chosen now', () => {
    const laidOut = { neighbors: 5, minDistance: 0.5, metric: 'euclidean' } as const;
    assert.match(describeMap({ ...plain, laidOut }), /with 5 neighbours, least distance 0.5 and euclidean/);
  });
});
