import { SeededRandom } from '../numeric/seededRandom';
import { exactNeighbors } from './exactNeighbors';
import { neighborDescent } from './neighborDescent';
import { NeighborLists } from './neighborLists';
import type { Points } from './points';
import { squaredDistance } from './points';
import { ascending, growTree } from './projectionForest';
import { breathe, span, type StageHooks } from './stageHooks';

/** Points up to which all pairs are compared: it is exact, and no slower. */
export const EXACT_UP_TO = 3000;
/** Points that are moved between two looks at the clock. */
const POINTS_PER_LOOK = 4096;
/** Share of the time that the trees take. */
const FOREST_SHARE = 0.35;

/** List `i` is that of point `order[i]`, and a neighbor `j` in it is point `order[j]`. */
export interface Candidates {
  readonly lists: NeighborLists;
  readonly order: Int32Array;
}

/**
 * The `size` nearest points of each point by Euclidean distance, nearest first: exact for few points, else trees and
 * NN-descent. Seeded. @throws when aborted.
 */
export async function nearestNeighbors(
  points: Points,
  size: number,
  seed: number,
  hooks: StageHooks,
): Promise<Candidates> {
  const { count } = points;
  const lists = new NeighborLists(count, size);
  const order = ascending(count);
  if (count <= EXACT_UP_TO) {
    await exactNeighbors(points, lists, hooks);
    return { lists, order };
  }
  const random = new SeededRandom(seed, 1);
  const moved = await searchForest(points, order, lists, random, span(hooks, 0, FOREST_SHARE));
  await neighborDescent(moved, lists, roundsFor(count), random, span(hooks, FOREST_SHARE, 1));
  return { lists, order };
}

/**
 * First guesses: all pairs within each leaf of several trees. Points are laid in memory in the order of the first
 * tree's leaves, so that those that are compared with each other lie near each other there too.
 * @returns the points in that order
 */
async function searchForest(
  points: Points,
  order: Int32Array,
  lists: NeighborLists,
  random: SeededRandom,
  hooks: StageHooks,
): Promise<Points> {
  const leafSize = Math.max(24, lists.size + 8);
  const trees = treesFor(points.count);
  const leaves: [number, number][] = [];
  await growTree(points, order, leafSize, random, span(hooks, 0, 1 / trees), (from, to) => leaves.push([from, to]));
  const first = () => 1 / trees;
  const moved = await inOrder(points, order, hooks, first);
  const others = ascending(points.count);
  for (const [from, to] of leaves) {
    offerLeaf(moved, lists, others, from, to);
    await breathe(hooks, first);
  }
  for (let tree = 1; tree < trees; tree++) {
    await growTree(moved, others, leafSize, random, span(hooks, tree / trees, (tree + 1) / trees), (from, to) =>
      offerLeaf(moved, lists, others, from, to),
    );
  }
  return moved;
}

async function inOrder(
  { coordinates, count, dimensions }: Points,
  order: Int32Array,
  hooks: StageHooks,
  fraction: () => number,
): Promise<Points> {
  const moved = new Float32Array(coordinates.length);
  for (let i = 0; i < count; i++) {
    const start = order[i] * dimensions;
    for (let j = 0; j < dimensions; j++) moved[i * dimensions + j] = coordinates[start + j];
    if (i % POINTS_PER_LOOK === 0) await breathe(hooks, fraction);
  }
  return { coordinates: moved, count, dimensions };
}

function offerLeaf(points: Points, lists: NeighborLists, order: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    for (let j = from; j < i; j++) {
      const distance = squaredDistance(points, order[i], order[j]);
      lists.offer(order[i], order[j], distance);
      lists.offer(order[j], order[i], distance);
    }
  }
}

function treesFor(count: number): number {
  return Math.min(16, 4 + Math.round(Math.log10(count) * 1.6));
}

function roundsFor(count: number): number {
  return Math.max(4, Math.round(Math.log2(count) * 0.6));
}
