import assert from 'node:assert/strict';
import { SeededRandom } from '../../../src/worker/numeric/seededRandom';
import { BestRows } from '../../../src/worker/similarity/bestRows';
import { QuantizedBlock } from '../../../src/worker/similarity/quantizedBlock';
import { VectorIndex } from '../../../src/worker/similarity/vectorIndex';

/** Rows of unit length around a few centres, as embeddings lie. */
function mixture(count: number, length: number, spread: number, seed: number): Float32Array {
  const random = new SeededRandom(seed);
  const centres = Array.from({ length: 12 }, () => Array.from({ length }, () => random.normal()));
  const vectors = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    const centre = centres[row % centres.length];
    const values = centre.map((value) => value + spread * random.normal());
    const norm = Math.hypot(...values);
    values.forEach((value, i) => (vectors[row * length + i] = value / norm));
  }
  return vectors;
}

function cosines(vectors: Float32Array, query: Float32Array): number[] {
  const { length } = query;
  return Array.from({ length: vectors.length / length }, (_, row) =>
    query.reduce((sum, value, i) => sum + value * vectors[row * length + i], 0),
  );
}

function bestRows(scores: readonly number[], limit: number, isWanted = (_row: number) => true): number[] {
  return scores
    .map((_, row) => row)
    .filter(isWanted)
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .slice(0, limit);
}

const NONE = new Uint32Array();

describe('the index of vectors', () => {
  const length = 100; // no multiple of what the kernel takes at a time
  const vectors = mixture(3000, length, 1.2, 3);
  const index = new VectorIndex(length);
  for (const [from, to] of [
    [0, 700],
    [700, 701],
    [701, 3000],
  ]) {
    index.add(vectors.slice(from * length, to * length));
  }
  const queryAt = (row: number) => vectors.slice(row * length, (row + 1) * length);

  it('finds what a look at all floats finds, with their cosines', () => {
    assert.equal(index.count, 3000);
    let [hits, wanted] = [0, 0];
    for (const row of [0, 699, 700, 701, 1234, 2999]) {
      const query = queryAt(row);
      const exact = cosines(vectors, query);
      const { rows, scores } = index.search(query, 20, null, NONE);
      assert.equal(rows[0], row);
      rows.forEach((found, place) => assert.ok(Math.abs(exact[found] - scores[place]) < 1e-4));
      const expected = new Set(bestRows(exact, 20));
      wanted += 20;
      hits += [...rows].filter((found) => expected.has(found)).length;
    }
    assert.ok(hits / wanted >= 0.99, `${hits} of ${wanted}`);
  });

  it('leaves out what is masked, and puts some first where it is not', () => {
    const mask = Uint8Array.from({ length: 3000 }, (_, row) => Number(row % 3 === 0));
    const query = queryAt(33);
    const exact = cosines(vectors, query);
    const { rows } = index.search(query, 10, mask, Uint32Array.of(2997, 2998, 33));
    assert.ok([...rows].every((row) => row % 3 === 0));
    const others = bestRows(exact, 8, (row) => row % 3 === 0 && row !== 33 && row !== 2997);
    assert.deepEqual([...rows], [33, 2997, ...others]);
    assert.equal(index.search(query, 10, new Uint8Array(3000), NONE).rows.length, 0);
  });

  it('gives all rows in order when as many are asked for', () => {
    const query = queryAt(5);
    const { rows, scores } = index.search(query, 5000, null, NONE);
    assert.deepEqual(
      [...rows].sort((a, b) => a - b),
      Array.from({ length: 3000 }, (_, row) => row),
    );
    for (let place = 1; place < rows.length; place++) assert.ok(scores[place - 1] >= scores[place]);
  });

  it('keeps equal rows in their order, and rows of zeros at 0', () => {
    const small = new VectorIndex(3);
    small.add(Float32Array.of(0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, -1, 0));
    const { rows, scores } = small.search(Float32Array.of(0, 1, 0), 5, null, NONE);
    assert.deepEqual([...rows], [0, 2, 1, 3, 4]);
    assert.deepEqual([...scores], [1, 1, 0, 0, -1]);
    assert.throws(() => small.add(Float32Array.of(1, 0)));
  });

  it('estimates with whole numbers what floats give, up to a thousandth', () => {
    for (const wide of [1, 31, 32, 33, 384, 768]) {
      const some = mixture(50, wide, 1, wide);
      const block = new QuantizedBlock(some, wide);
      const query = some.slice(0, wide);
      const exact = cosines(some, query);
      block.estimate(query).forEach((estimate, row) => {
        assert.ok(Math.abs(estimate * block.scaleOf(row) - exact[row]) < 5e-3, `${wide}: row ${row}`);
        assert.ok(Math.abs(block.cosine(query, row) - exact[row]) < 5e-5);
      });
    }
  });
});

describe('the best rows', () => {
  it('are those that a sort of all has in front', () => {
    const random = new SeededRandom(11);
    const scores = Array.from({ length: 5000 }, () => Math.floor(random.uniform() * 400)); // with ties
    const best = new BestRows(70);
    scores.forEach((score, row) => best.add(row, score));
    assert.deepEqual(
      [...best.take()].sort((a, b) => scores[b] - scores[a] || a - b),
      bestRows(scores, 70),
    );
    const few = new BestRows(70);
    few.add(3, 1);
    assert.deepEqual([...few.take()], [3]);
  });
});
