import assert from 'node:assert/strict';
import { Random } from '../../../fixtures/drawing/random';
import { pointsInPolygon, polygonContains } from '../../../../webview/panel/map/lasso';
import { PointIndex } from '../../../../webview/panel/map/pointIndex';

describe('the lasso', () => {
  const square = [0, 0, 4, 0, 4, 4, 0, 4];

  it('tells inside from outside, also of shapes with a bay', () => {
    assert.ok(polygonContains(square, 2, 2));
    assert.ok(!polygonContains(square, 5, 2));
    const bay = [0, 0, 6, 0, 6, 6, 3, 1, 0, 6];
    assert.ok(polygonContains(bay, 1, 2) && polygonContains(bay, 5, 2));
    assert.ok(!polygonContains(bay, 3, 3));
  });

  it('leaves out what a crossing line encloses twice', () => {
    const twice = [0, 0, 4, 0, 4, 4, 0, 4, 0, 0, 1, 1, 3, 1, 3, 3, 1, 3, 1, 1];
    assert.ok(polygonContains(twice, 0.5, 2));
    assert.ok(!polygonContains(twice, 2, 2));
  });

  it('selects the same points as testing each of them, whatever the outline', () => {
    const random = new Random(4);
    const count = 4000;
    const xy = Float32Array.from({ length: 2 * count }, () => random.normal() * 5);
    const index = new PointIndex(xy);
    let selected = 0;
    for (let trial = 0; trial < 60; trial++) {
      const corners = random.integer(3, 40);
      const reach = random.range(0.2, 30);
      const middle = [random.range(-8, 8), random.range(-8, 8)];
      const polygon = Array.from({ length: 2 * corners }, (_, i) => middle[i % 2] + random.range(-reach, reach));
      const expected = Array.from({ length: count }, (_, i) => i).filter((i) =>
        polygonContains(polygon, xy[2 * i], xy[2 * i + 1]),
      );
      assert.deepEqual(
        [...pointsInPolygon(index, polygon)].sort((a, b) => a - b),
        expected,
      );
      selected += expected.length;
    }
    assert.ok(selected > 1000, 'the outlines selected something');
  });

  it('takes cells as a whole that lie inside', () => {
    const count = 10_000;
    const xy = Float32Array.from({ length: 2 * count }, (_, i) => (i % 2 ? Math.floor(i / 200) : (i / 2) % 100));
    assert.equal(pointsInPolygon(new PointIndex(xy), [-1, -1, 200, -1, 200, 200, -1, 200]).length, count);
    assert.equal(pointsInPolygon(new PointIndex(xy), [-0.5, -0.5, 49.5, -0.5, 49.5, 49.5, -0.5, 49.5]).length, 2500);
  });

  it('selects nothing with less than three corners or on an empty map', () => {
    assert.equal(pointsInPolygon(new PointIndex(Float32Array.from([1, 1])), [0, 0, 2, 2]).length, 0);
    assert.equal(pointsInPolygon(new PointIndex(new Float32Array(0)), square).length, 0);
  });
});
