import assert from 'node:assert/strict';
import { MEASURE_STEPS } from '../../../../webview/panel/map/measurePalette';
import { NO_CATEGORY } from '../../../../webview/panel/map/palette';
import {
  coloringOf,
  measureHistogram,
  measureRange,
  pointsOf,
  pointsWithin,
} from '../../../../webview/panel/mapColoring';

describe('colours by a measure', () => {
  const measure = (values: readonly number[]) =>
    coloringOf('measure:x', { kind: 'measure', values: Float32Array.from(values), title: 'X', unit: 'px' });

  it('go from low to high, with one for what is not known', () => {
    const { categories, measure: range } = measure([0, 50, 100, NaN]);
    assert.deepEqual([range?.low, range?.high], [0, 100]);
    assert.deepEqual([...categories], [0, (MEASURE_STEPS - 1) / 2, MEASURE_STEPS - 1, NO_CATEGORY]);
  });

  it('are not flattened by a few extremes', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i === 7 ? 1e6 : i / 10));
    assert.ok(measureRange(values).high < 100);
    assert.equal(measure([...values]).categories[7], MEASURE_STEPS - 1);
  });

  it('do with equal values and with none', () => {
    assert.ok([...measure([5, 5, 5]).categories].every((step) => step === 0));
    assert.deepEqual([...measure([NaN]).categories], [NO_CATEGORY]);
  });

  it('are counted by parts of the range, of what passes the filter', () => {
    const values = Float32Array.of(-3, 0, 4, 10, 99, NaN);
    assert.deepEqual([...measureHistogram({ values, low: 0, high: 10 }, null, 2)], [3, 2]);
    assert.deepEqual([...measureHistogram({ values, low: 0, high: 10 }, Uint8Array.of(1, 0, 0, 1, 0, 1), 2)], [1, 1]);
  });

  it('are picked by a range, ends included', () => {
    const values = Float32Array.of(1, 2, 3, NaN);
    assert.deepEqual([...pointsWithin(values, 2, null)], [1, 2]);
    assert.deepEqual([...pointsWithin(values, null, 2)], [0, 1]);
    assert.deepEqual([...pointsWithin(values, null, null)], [0, 1, 2]);
    assert.deepEqual([...pointsOf(Uint8Array.of(3, 1, 3), 3)], [0, 2]);
  });
});
