import assert from 'node:assert/strict';
import { densityClusters, NO_CLUSTER } from '../../../../src/core/map/densityClusters';

/** Deterministic noise: a 32-bit generator, and the normal distribution from it by Box and Muller. */
function normal(seed: number): () => number {
  let state = seed;
  const uniform = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) + 0.5) / 4294967296;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Crowds on a ring, crowd k twice as dense as crowd k + 2 or so; `truth[i]` is the crowd of point i. */
function mixture(crowds: number, each: number) {
  const next = normal(7);
  const xy: number[] = [];
  const truth: number[] = [];
  for (let crowd = 0; crowd < crowds; crowd++) {
    const angle = (2 * Math.PI * crowd) / crowds;
    for (let i = 0; i < each / (1 + (crowd % 3)); i++) {
      xy.push(10 * Math.cos(angle) + 0.5 * next(), 10 * Math.sin(angle) + 0.5 * next());
      truth.push(crowd);
    }
  }
  return { xy: Float32Array.from(xy), truth };
}

/** Adjusted Rand index (Hubert, Arabie 1985): 1 for equal partitions, about 0 for chance. */
function adjustedRand(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const pairs = (count: number) => (count * (count - 1)) / 2;
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (let i = 0; i < a.length; i++) {
    add(`both ${a[i]} ${b[i]}`);
    add(`a ${a[i]}`);
    add(`b ${b[i]}`);
  }
  const sum = (kind: string) =>
    [...counts].reduce((total, [key, count]) => total + (key.startsWith(`${kind} `) ? pairs(count) : 0), 0);
  const expected = (sum('a') * sum('b')) / pairs(a.length);
  return (sum('both') - expected) / ((sum('a') + sum('b')) / 2 - expected);
}

describe('density clusters', () => {
  for (const [crowds, each] of [
    [3, 90],
    [8, 600],
    [12, 5000],
  ] as const) {
    it(`find ${crowds} crowds of up to ${each} points`, () => {
      const { xy, truth } = mixture(crowds, each);
      const { assignments, clusters } = densityClusters(xy);
      assert.equal(clusters.length, crowds);
      assert.ok(adjustedRand(assignments, truth) > 0.97, `${adjustedRand(assignments, truth)}`);
      const sizes = clusters.map(({ size }) => size);
      assert.deepEqual(
        sizes,
        [...sizes].sort((a, b) => b - a),
      );
      sizes.forEach((size, cluster) => assert.equal(assignments.filter((each) => each === cluster).length, size));
    });
  }

  it('lie where their points are', () => {
    const { xy, truth } = mixture(6, 600);
    const { assignments, clusters } = densityClusters(xy);
    clusters.forEach(({ x, y }, cluster) => {
      const angle = (2 * Math.PI * truth[assignments.indexOf(cluster)]) / 6;
      assert.ok(Math.hypot(x - 10 * Math.cos(angle), y - 10 * Math.sin(angle)) < 0.7);
    });
  });

  it('are the same for the same points', () => {
    const { xy } = mixture(8, 600);
    assert.deepEqual(densityClusters(xy), densityClusters(xy.slice()));
  });

  it('do not split one even crowd', () => {
    const next = normal(3);
    const { clusters } = densityClusters(Float32Array.from({ length: 8000 }, next));
    assert.equal(clusters.length, 1);
  });

  it('do without points, and leave aside those without a place', () => {
    assert.deepEqual(densityClusters(new Float32Array(0)), { assignments: new Uint8Array(0), clusters: [] });
    const { assignments, clusters } = densityClusters(Float32Array.from([...Array<number>(40).fill(1), NaN, 1]));
    assert.deepEqual(
      clusters.map(({ size }) => size),
      [20],
    );
    assert.equal(assignments[20], NO_CLUSTER);
  });
});
