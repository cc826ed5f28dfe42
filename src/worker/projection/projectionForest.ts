import type { SeededRandom } from '../numeric/seededRandom';
import type { Points } from './points';
import type { StageHooks } from './stageHooks';
import { breathe } from './stageHooks';

/** A split that leaves less than this share on one side is replaced by a random halving. */
const LEAST_SHARE = 0.02;
/** Points whose side is found between two looks at the clock. */
const POINTS_PER_LOOK = 8192;

/**
 * One random-projection tree (S. Dasgupta, Y. Freund, "Random projection trees and low dimensional manifolds", 2008):
 * points are split by the plane halfway between two of them until at most `leafSize` are left together. Reorders
 * `order` so that each leaf is a stretch of it, and tells them.
 */
export async function growTree(
  points: Points,
  order: Int32Array,
  leafSize: number,
  random: SeededRandom,
  hooks: StageHooks,
  onLeaf: (from: number, to: number) => void,
): Promise<void> {
  const count = order.length;
  const open: [number, number][] = [[0, count]];
  let settled = 0;
  const fraction = () => settled / count;
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    if (to - from <= leafSize) {
      onLeaf(from, to);
      settled += to - from;
    } else {
      const middle = await split(points, order, from, to, random, hooks, fraction);
      open.push([middle, to], [from, middle]);
    }
    await breathe(hooks, fraction);
  }
}

export function ascending(count: number): Int32Array {
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  return order;
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
