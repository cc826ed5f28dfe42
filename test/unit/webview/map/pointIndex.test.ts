import assert from 'node:assert/strict';
import { Random } from '../../../fixtures/drawing/random';
import { nextPoint } from '../../../../webview/panel/map/nextPoint';
import { PointIndex } from '../../../../webview/panel/map/pointIndex';

const cloud = (count: number) => {
  const random = new Random(count);
  return Float32Array.from({ length: 2 * count }, () => random.normal() * 5);
};

describe('the point index', () => {
  it('finds the same nearest point as looking at all of them', () => {
    const xy = cloud(3000);
    const index = new PointIndex(xy);
    const random = new Random(9);
    let found = 0;
    for (let trial = 0; trial < 300; trial++) {
      const [x, y] = [random.range(-15, 15), random.range(-15, 15)];
      let best = -1;
      let bestDistance = 0.5 ** 2;
      for (let i = 0; i < 3000; i++) {
        const distance = (xy[2 * i] - x) ** 2 + (xy[2 * i + 1] - y) ** 2;
        if (distance <= bestDistance) [best, bestDistance] = [i, distance];
      }
      assert.equal(index.nearest(x, y, 0.5), best);
      if (best >= 0) found++;
    }
    assert.ok(found > 50 && found < 300, 'both outcomes were tried');
  });

  it('passes over points that are not accepted', () => {
    const index = new PointIndex(Float32Array.from([0, 0, 1, 0, 5, 0]));
    assert.equal(index.nearest(0.1, 0, 2), 0);
    assert.equal(
      index.nearest(0.1, 0, 2, (point) => point !== 0),
      1,
    );
    assert.equal(
      index.nearest(0.1, 0, 2, (point) => point === 2),
      -1,
    );
  });

  it('has each point in one cell, and those without a place in none', () => {
    const xy = cloud(500);
    xy[6] = NaN;
    const index = new PointIndex(xy);
    const seen = new Uint8Array(500);
    for (let row = 0; row < index.cells; row++) {
      for (let column = 0; column < index.cells; column++) for (const point of index.inCell(column, row)) seen[point]++;
    }
    assert.deepEqual(
      [...seen.keys()].filter((point) => seen[point] !== 1),
      [3],
    );
    assert.equal(seen[3], 0);
  });

  it('copes with no point, one, and many on one spot', () => {
    assert.equal(new PointIndex(new Float32Array(0)).nearest(0, 0, 10), -1);
    assert.equal(new PointIndex(Float32Array.from([4, 4])).nearest(4, 5, 2), 0);
    assert.ok(new PointIndex(new Float32Array(2000).fill(7)).nearest(7, 7, 0.1) >= 0);
  });
});

describe('the next point in a direction', () => {
  const all = () => true;
  // 0 in the middle, 1 right, 2 far right, 3 above, 4 right and a little up, 5 left
  const xy = Float32Array.from([0, 0, 3, 0, 9, 0, 0, 2, 2.5, 2, -1, 0]);

  it('is near and rather straight ahead', () => {
    assert.equal(nextPoint(xy, 0, [1, 0], all), 1);
    assert.equal(nextPoint(xy, 0, [0, 1], all), 3);
    assert.equal(nextPoint(xy, 0, [-1, 0], all), 5);
    assert.equal(nextPoint(xy, 1, [1, 0], all), 2);
  });

  it('is -1 when nothing lies there', () => {
    assert.equal(nextPoint(xy, 2, [1, 0], all), -1);
    assert.equal(nextPoint(xy, 0, [0, -1], all), -1);
  });

  it('passes over points that are filtered out, and starts from any place', () => {
    assert.equal(
      nextPoint(xy, 0, [1, 0], (point) => point !== 1),
      4,
    );
    assert.equal(nextPoint(xy, [4, 0], [1, 0], all), 2);
  });
});
