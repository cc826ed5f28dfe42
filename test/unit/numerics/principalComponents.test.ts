import * as assert from 'node:assert/strict';
import { Pacer } from '../../../src/worker/numeric/pacer';
import { centeredRows, chooseRows, principalComponents } from '../../../src/worker/numeric/principalComponents';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { symmetricEigen } from '../../../src/worker/numeric/symmetricEigen';

const pacer = () => new Pacer(new AbortController().signal);

function close(actual: number, expected: number, tolerance = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} instead of ${expected}`);
}

describe('symmetricEigen', function () {
  this.timeout(10_000);

  it('solves a case known by hand', async () => {
    const { values, vectors } = await symmetricEigen(Float64Array.of(2, -1, 0, -1, 2, -1, 0, -1, 2), 3, pacer());
    [2 + Math.SQRT2, 2, 2 - Math.SQRT2].forEach((value, i) => close(values[i], value));
    // The middle vector is (1, 0, −1) ÷ √2, up to its sign.
    close(Math.abs(vectors[3]), Math.SQRT1_2);
    close(vectors[4], 0);
    close(vectors[3], -vectors[5]);
  });

  it('reproduces a random matrix from orthonormal vectors', async () => {
    const n = 60;
    const random = new SeededRandom(5);
    const matrix = new Float64Array(n * n);
    for (let a = 0; a < n; a++) for (let b = 0; b <= a; b++) matrix[a * n + b] = matrix[b * n + a] = random.normal();
    const { values, vectors } = await symmetricEigen(matrix.slice(), n, pacer());
    for (let a = 0; a < n; a++) {
      for (let b = 0; b < n; b++) {
        let product = 0;
        let rebuilt = 0;
        for (let k = 0; k < n; k++) {
          product += vectors[a * n + k] * vectors[b * n + k];
          rebuilt += values[k] * vectors[k * n + a] * vectors[k * n + b];
        }
        close(product, a === b ? 1 : 0);
        close(rebuilt, matrix[a * n + b]);
      }
    }
    assert.deepEqual(values, values.slice().sort().reverse());
  });

  it('takes matrices that are zero, of rank one, diagonal, empty or a single number', async () => {
    assert.deepEqual([...(await symmetricEigen(new Float64Array(16), 4, pacer())).values], [0, 0, 0, 0]);
    const { values } = await symmetricEigen(new Float64Array(25).fill(2), 5, pacer());
    close(values[0], 10);
    values.slice(1).forEach((value) => close(value, 0));
    assert.deepEqual([...(await symmetricEigen(Float64Array.of(1, 0, 0, 3), 2, pacer())).values], [3, 1]);
    assert.deepEqual([...(await symmetricEigen(Float64Array.of(-4), 1, pacer())).values], [-4]);
    assert.equal((await symmetricEigen(new Float64Array(0), 0, pacer())).values.length, 0);
  });
});

describe('principalComponents', function () {
  this.timeout(10_000);

  /** Rows whose spread is 5, 3 and 1 along three known directions of `length` numbers. */
  function rowsAlong(count: number, length: number): Float32Array {
    const random = new SeededRandom(9);
    const rows = new Float32Array(count * length);
    for (let i = 0; i < count; i++) {
      [5, 3, 1].forEach((spread, axis) => {
        const amount = spread * random.normal();
        for (let j = axis; j < length; j += 3) rows[i * length + j] = 7 + amount / Math.sqrt(length / 3);
      });
    }
    return rows;
  }

  for (const [count, length] of [
    [400, 30],
    [200, 300],
  ]) {
    it(`finds the directions and their spread, ${count} rows of ${length} numbers`, async () => {
      const { mean, centered } = centeredRows(rowsAlong(count, length), length, chooseRows(count, count, 1));
      mean.forEach((value) => close(value, 7, 2));
      const { rank, components, deviations } = await principalComponents(centered, count, length, 10, pacer());
      assert.equal(rank, 3);
      [5, 3, 1].forEach((spread, axis) => {
        close(deviations[axis], spread, 0.15 * spread);
        let along = 0;
        for (let j = axis; j < length; j += 3) along += components[axis * length + j] / Math.sqrt(length / 3);
        assert.ok(Math.abs(along) > 0.98, `component ${axis} is ${along} along its direction`);
      });
    });
  }

  it('finds the same from the covariance as from the Gram matrix', async () => {
    const count = 50;
    const random = new SeededRandom(2);
    const wide = Float32Array.from({ length: count * 51 }, (_, i) => (i % 51 === 50 ? 0 : random.normal()));
    const narrow = wide.filter((_, i) => i % 51 !== 50);
    const all = chooseRows(count, count, 1);
    const byGram = await principalComponents(centeredRows(wide, 51, all).centered, count, 51, 20, pacer());
    const byCovariance = await principalComponents(centeredRows(narrow, 50, all).centered, count, 50, 20, pacer());
    assert.equal(byGram.rank, 20);
    byGram.deviations.forEach((deviation, c) => close(deviation, byCovariance.deviations[c], 1e-6));
    byCovariance.components.forEach((value, i) => {
      close(byGram.components[Math.floor(i / 50) * 51 + (i % 50)], value, 1e-4);
    });
  });

  it('has no component where nothing varies', async () => {
    for (const count of [0, 1, 5]) {
      const { centered } = centeredRows(new Float32Array(count * 4).fill(0.1), 4, chooseRows(count, count, 1));
      assert.equal((await principalComponents(centered, count, 4, 3, pacer())).rank, 0);
    }
  });
});
