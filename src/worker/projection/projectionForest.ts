import type { SeededRandom } from '../numeric/seededRandom';
import type { NeighborLists } from './neighborLists';
import type { Points } from './points';
import { squaredDistance } from './points';
import type { StageHooks } from './stageHooks';
import { breathe } from './stageHooks';

/** A split that leaves less than this share on one side is replaced by a random halving. */
const LEAST_SHARE = 0.02;
/** Points whose side is found between two looks at the clock. */
const POINTS_PER_LOOK = 8192;

/**
 * First guesses from random-projection trees (S. Dasgupta, Y. Freund, "Random projection trees and low dimensional
 * manifolds", 2008): each splits the points by the plane halfway between two of them, until a leaf is small, and every
 * pair within a leaf is offered.
 */
export async function searchProjectionForest(
  points: Points,
  lists: NeighborLists,
  trees: number,
  random: SeededRandom,
  hooks: StageHooks,
): Promise<void> {
  const { count } = points;
  const leafSize = Math.max(24, lists.size + 8);
  const order = new Int32Array(count);
  for (let tree = 0; tree < trees; tree++) {
    for (let i = 0; i < count; i++) order[i] = i;
    const open: [number, number][] = [[0, count]];
    let settled = 0;
    for (let range = open.pop(); range; range = open.pop()) {
      const [from, to] = range;
      if (to - from <= leafSize) {
        offerLeaf(points, lists, order, from, to);
        settled += to - from;
      } else {
        const middle = await split(points, order, from, to, random, hooks, () => (tree + settled / count) / trees);
        open.push([from, middle], [middle, to]);
      }
      await breathe(hooks, () => (tree + settled / count) / trees);
    }
  }
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

/** Reorders order[from … to − 1] so that one side of a random plane comes first. @returns where the other side starts. */
async function split(
  points: Points,
  order: Int32Array,
  from: number,
  to: number,
  random: SeededRandom,
  hooks: StageHooks,
  fraction: () => number,
): Promise<number> {
  const plane = planeBetween(points, order[from + random.below(to - from)], order[from + random.below(to - from)]);
  const state = { low: from, high: to - 1 };
  while (state.low <= state.high) {
    partition(points, order, plane, random, state);
    await breathe(hooks, fraction);
  }
  const size = to - from;
  if (state.low - from >= size * LEAST_SHARE && to - state.low >= size * LEAST_SHARE) return state.low;
  shuffle(order, from, to, random);
  return from + (size >> 1);
}

interface Plane {
  normal: Float64Array;
  offset: number;
}

function planeBetween({ coordinates, dimensions }: Points, a: number, b: number): Plane {
  const normal = new Float64Array(dimensions);
  let offset = 0;
  for (let j = 0; j < dimensions; j++) {
    const p = coordinates[a * dimensions + j];
    const q = coordinates[b * dimensions + j];
    normal[j] = p - q;
    offset -= (normal[j] * (p + q)) / 2;
  }
  return { normal, offset };
}

/** Moves `POINTS_PER_LOOK` points to their side of the plane; points on it fall to either side. */
function partition(
  { coordinates, dimensions }: Points,
  order: Int32Array,
  { normal, offset }: Plane,
  random: SeededRandom,
  state: { low: number; high: number },
): void {
  for (let n = 0; n < POINTS_PER_LOOK && state.low <= state.high; n++) {
    const point = order[state.low];
    const start = point * dimensions;
    let side = offset;
    for (let j = 0; j < dimensions; j++) side += normal[j] * coordinates[start + j];
    if (side > 0 || (side === 0 && random.uint32() & 1)) {
      state.low++;
    } else {
      order[state.low] = order[state.high];
      order[state.high] = point;
      state.high--;
    }
  }
}

function shuffle(order: Int32Array, from: number, to: number, random: SeededRandom): void {
  for (let i = to - 1; i > from; i--) {
    const j = from + random.below(i - from + 1);
    const point = order[i];
    order[i] = order[j];
    order[j] = point;
  }
}
