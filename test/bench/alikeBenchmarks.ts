import { SeededRandom } from '../../src/worker/numeric/seededRandom';
import { findAlikeVectors } from '../../src/worker/duplicates/alikeVectors';
import { distanceBetween } from '../../src/worker/projection/vectors';
import type { Benchmark, BenchmarkResult } from './benchmark';
import { mixture } from './mixture';

const COMPARED = 20_000;
const MANY = 100_000;
const LENGTH = 384;
const LEAST = 0.95;
/** One in five vectors is followed by another that is nearly it. */
const COPIED = 5;
const ROWS_AT_ONCE = 1000;

const hooks = { signal: new AbortController().signal, progress: () => undefined };

/** Near duplicates by the vectors of a model: how long it takes, and what is found. */
export const alikeBenchmarks: readonly Benchmark[] = [
  {
    name: 'alike-vectors-vs-all-pairs',
    title: `pairs of ${COMPARED} × ${LENGTH} vectors with a cosine of ${LEAST} or more ÷ the cosines of all pairs`,
    run,
  },
];

async function run(): Promise<BenchmarkResult> {
  const vectors = withCopies(COMPARED);
  const [pairs, ours] = await timed(() => find(vectors, COMPARED));
  const [all, theirs] = await timed(() => Promise.resolve(comparingAll(vectors, COMPARED)));
  const hits = [...all].filter((pair) => pairs.has(pair)).length;
  const more = withCopies(MANY);
  const [found, seconds] = await timed(() => find(more, MANY));
  const [planted, hit] = plantedPairs(more, MANY, found);
  return {
    ...{ ratio: ours / theirs, value: ours, against: theirs, unit: 's', runs: 1 },
    note:
      `recall ${(hits / all.size).toFixed(4)} of ${all.size} pairs, ${pairs.size - hits} wrong; ` +
      `of ${MANY} vectors in ${seconds.toFixed(1)} s, recall ${(hit / planted).toFixed(4)} of ${planted} planted pairs`,
  };
}

/** Vectors like those of images, of which some are followed by one whose cosine with them is .9 to 1. */
function withCopies(count: number): Float32Array {
  const vectors = new Float32Array(count * LENGTH);
  let at = 0;
  for (const block of mixture(count, LENGTH, ROWS_AT_ONCE)) {
    vectors.set(block, at);
    at += block.length;
  }
  const random = new SeededRandom(9);
  for (let i = 0; i + 1 < count; i += COPIED) {
    const noise = (0.5 * random.uniform()) / Math.sqrt(LENGTH);
    for (let k = 0; k < LENGTH; k++) {
      vectors[(i + 1) * LENGTH + k] = vectors[i * LENGTH + k] + noise * random.normal();
    }
  }
  return vectors;
}

async function find(vectors: Float32Array, count: number): Promise<Set<number>> {
  const source = { count, length: LENGTH, read: () => Promise.resolve(vectors) };
  const { pairs, cosines } = await findAlikeVectors(source, LEAST, hooks);
  return new Set(Array.from(cosines, (_, pair) => pairs[2 * pair] * count + pairs[2 * pair + 1]));
}

function comparingAll(vectors: Float32Array, count: number): Set<number> {
  const measured = { vectors, length: LENGTH, factors: factorsOf(vectors, count) };
  const pairs = new Set<number>();
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      if (distanceBetween(measured, a, b) <= 1 - LEAST) pairs.add(a * count + b);
    }
  }
  return pairs;
}

/** How many planted pairs are alike, and how many of these were found. */
function plantedPairs(
  vectors: Float32Array,
  count: number,
  found: ReadonlySet<number>,
): [planted: number, hit: number] {
  const measured = { vectors, length: LENGTH, factors: factorsOf(vectors, count) };
  let [planted, hit] = [0, 0];
  for (let i = 0; i + 1 < count; i += COPIED) {
    if (distanceBetween(measured, i, i + 1) > 1 - LEAST) continue;
    planted++;
    if (found.has(i * count + i + 1)) hit++;
  }
  return [planted, hit];
}

function factorsOf(vectors: Float32Array, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    let square = 0;
    for (let k = i * LENGTH; k < (i + 1) * LENGTH; k++) square += vectors[k] ** 2;
    return 1 / Math.sqrt(square);
  });
}

async function timed<T>(work: () => Promise<T>): Promise<[result: T, seconds: number]> {
  const started = performance.now();
  const result = await work();
  return [result, (performance.now() - started) / 1000];
}
