import { Pacer } from '../numeric/pacer';
import { SeededRandom } from '../numeric/seededRandom';
import { fuzzyGraph } from './fuzzyGraph';
import { layOut } from './layOut';
import { nearestNeighbors } from './nearestNeighbors';
import type { Points } from './points';
import { rankCandidates } from './rankCandidates';
import { reduceDimensions, unitFactors } from './reduceDimensions';
import type { StageHooks } from './stageHooks';

export interface UmapOptions {
  /** Neighbors of each point that the layout holds together, 2 to 200; fewer where there are fewer points. */
  neighbors: number;
  /** How close points may lie, 0 to 1, in units of the layout. */
  minDistance: number;
  seed: number;
}

export type UmapStage = 'reduce' | 'neighbors' | 'graph' | 'layout';

export interface UmapHooks {
  signal: AbortSignal;
  /** `fraction` of the whole projection, from 0 to 1, never falling. */
  progress(progress: { stage: UmapStage; fraction: number }): void;
}

/** Dimensions in which neighbors are looked for, before the nearest candidates are ranked in all of them. */
const SEARCH_DIMENSIONS = 64;
/** Candidates beyond the wanted neighbors. */
const EXTRA_CANDIDATES = 15;
/** The first picture, from the first two components, reaches so far from the middle. */
const START_RADIUS = 10;
const START_NOISE = 1e-3;

/** Where each stage begins and ends on the way from 0 to 1. */
const SPANS: Readonly<Record<UmapStage, readonly [number, number]>> = {
  reduce: [0, 0.08],
  neighbors: [0.08, 0.5],
  graph: [0.5, 0.53],
  layout: [0.53, 1],
};

/**
 * A map of `count` row-major vectors of `length` numbers in two dimensions, by UMAP under the cosine distance: like
 * vectors come to lie together. The same input and seed give the same bits on the same machine.
 *
 * @returns x0, y0, x1, y1, …, always finite.
 * @throws the signal's reason when aborted, within a fraction of a second.
 */
export async function projectUmap(
  vectors: Float32Array,
  count: number,
  length: number,
  options: UmapOptions,
  hooks: UmapHooks,
): Promise<Float32Array> {
  const pacer = new Pacer(hooks.signal);
  const stage = (name: UmapStage): StageHooks => {
    const [start, end] = SPANS[name];
    const progress = (fraction: number): void =>
      hooks.progress({ stage: name, fraction: start + (end - start) * fraction });
    progress(0);
    return { pacer, progress };
  };
  const { seed, minDistance } = options;
  const size = Math.min(options.neighbors, count - 1);

  const reducing = stage('reduce');
  if (count < 2) {
    hooks.progress({ stage: 'layout', fraction: 1 });
    return new Float32Array(2 * count);
  }
  const directions = await unitFactors(vectors, count, length, reducing);
  const points = await reduceDimensions(directions, count, SEARCH_DIMENSIONS, seed, reducing);

  const searching = stage('neighbors');
  const candidates = await nearestNeighbors(points, Math.min(count - 1, size + EXTRA_CANDIDATES), seed, {
    pacer,
    progress: (fraction) => searching.progress(0.9 * fraction),
  });
  const neighbors = await rankCandidates(directions, candidates, size, {
    pacer,
    progress: (fraction) => searching.progress(0.9 + 0.1 * fraction),
  });

  const graph = await fuzzyGraph(neighbors, stage('graph'));
  const positions = startPositions(points, seed);
  await layOut(positions, graph, { epochs: epochsFor(count), minDistance, seed }, stage('layout'));
  hooks.progress({ stage: 'layout', fraction: 1 });
  return positions;
}

/** The first two components at a common scale, shaken a little so that no two points coincide. */
function startPositions({ coordinates, count, dimensions }: Points, seed: number): Float32Array {
  const random = new SeededRandom(seed, 2);
  const axes = Math.min(2, dimensions);
  let widest = 0;
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < axes; axis++) widest = Math.max(widest, Math.abs(coordinates[i * dimensions + axis]));
  }
  const scale = widest > 0 ? START_RADIUS / widest : 0;
  const positions = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < 2; axis++) {
      const start = axis < axes ? coordinates[i * dimensions + axis] * scale : 0;
      positions[2 * i + axis] = start + (random.uniform() - 0.5) * START_NOISE;
    }
  }
  return positions;
}

/** Small maps need more rounds to settle, as in umap-learn. */
function epochsFor(count: number): number {
  return count <= 10_000 ? 500 : 200;
}
