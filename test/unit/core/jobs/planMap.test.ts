import * as assert from 'node:assert/strict';
import { planMap } from '../../../../src/core/jobs/planMap';
import type { MapState } from '../../../../src/core/projections';
import { DEFAULT_MAP_SETTINGS as settings } from '../../../../src/protocol/mapSettings';

const laidOut: MapState = { settings, provisional: false, laidOut: 100, placed: 0, present: 100, waiting: 0 };

describe('what is done to a map', () => {
  it('is nothing where it has all images, and where there are none', () => {
    assert.equal(planMap(laidOut, settings, false), 'nothing');
    assert.equal(planMap({ ...laidOut, settings: null, laidOut: 0, present: 0 }, settings, false), 'nothing');
    assert.equal(planMap({ ...laidOut, settings: null, laidOut: 0, present: 0 }, settings, true), 'nothing');
  });

  it('is nothing when images have gone', () => {
    assert.equal(planMap({ ...laidOut, present: 3 }, settings, false), 'nothing');
  });

  it('is placing while at most a fifth are new, those placed before included', () => {
    assert.equal(planMap({ ...laidOut, waiting: 20 }, settings, false), 'place');
    assert.equal(planMap({ ...laidOut, waiting: 21 }, settings, false), 'layOut');
    assert.equal(planMap({ ...laidOut, present: 115, placed: 15, waiting: 5 }, settings, false), 'place');
    assert.equal(planMap({ ...laidOut, present: 115, placed: 15, waiting: 6 }, settings, false), 'layOut');
  });

  it('is a layout where there is none, only a first picture, one with other settings, or where a person asks', () => {
    const none = { ...laidOut, settings: null, laidOut: 0, present: 0, waiting: 9 };
    assert.equal(planMap(none, settings, false), 'layOut');
    assert.equal(planMap({ ...laidOut, provisional: true }, settings, false), 'layOut');
    assert.equal(planMap({ ...laidOut, settings: null }, settings, false), 'layOut');
    for (const other of [{ neighbors: 14 }, { minDistance: 0.2 }, { metric: 'euclidean' }] as const) {
      assert.equal(planMap(laidOut, { ...settings, ...other }, false), 'layOut');
    }
    assert.equal(planMap(laidOut, settings, true), 'layOut');
    assert.equal(planMap({ ...laidOut, present: 0, waiting: 1 }, settings, false), 'layOut');
  });
});
