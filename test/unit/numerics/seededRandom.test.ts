import * as assert from 'node:assert/strict';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';

describe('SeededRandom', () => {
  it('repeats itself for the same seed and stream, and for no other', () => {
    const draw = (seed: number, stream?: number) => {
      const random = new SeededRandom(seed, stream);
      return Array.from({ length: 5 }, () => random.uint32());
    };
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
    assert.notDeepEqual(draw(7), draw(7, 1));
    assert.notDeepEqual(draw(0), draw(1));
  });

  it('is uniform, and normal', () => {
    const random = new SeededRandom(1);
    const uniform = Array.from({ length: 20_000 }, () => random.uniform());
    assert.ok(uniform.every((value) => value >= 0 && value < 1));
    assert.ok(Math.abs(mean(uniform) - 0.5) < 0.01);
    const normal = Array.from({ length: 20_000 }, () => random.normal());
    assert.ok(Math.abs(mean(normal)) < 0.03);
    assert.ok(Math.abs(mean(normal.map((value) => value * value)) - 1) < 0.05);
  });

  it('samples without repetition, in order, and never more than there are', () => {
    const sample = new SeededRandom(3).sample(100, 20);
    assert.equal(new Set(sample).size, 20);
    assert.deepEqual(sample, sample.slice().sort());
    assert.ok(sample.every((value) => value >= 0 && value < 100));
    assert.deepEqual([...new SeededRandom(3).sample(3, 5)], [0, 1, 2]);
    assert.deepEqual([...new SeededRandom(3).sample(0, 5)], []);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
