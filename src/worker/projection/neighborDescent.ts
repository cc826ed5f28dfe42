import type { SeededRandom } from '../numeric/seededRandom';
import type { NeighborLists } from './neighborLists';
import { NO_NEIGHBOR } from './neighborLists';
import type { Points } from './points';
import { squaredDistance } from './points';
import type { StageHooks } from './stageHooks';
import { breathe } from './stageHooks';

/** The search ends when a round changes less than this share of the lists. */
const ENOUGH = 0.001;
/** Points that are joined between two looks at the clock. */
const POINTS_PER_LOOK = 256;

/**
 * Improves neighbor lists by NN-descent (W. Dong, C. Moses, K. Li, "Efficient k-nearest neighbor graph construction
 * for generic similarity measures", 2011): neighbors of a point are likely neighbors of each other, so in each round
 * those that are new to a point are compared with all others it has, in either direction.
 */
export async function neighborDescent(
  points: Points,
  lists: NeighborLists,
  rounds: number,
  random: SeededRandom,
  hooks: StageHooks,
): Promise<void> {
  const { count } = points;
  const width = Math.min(24, lists.size + 8);
  const recent = new Candidates(count, width, random);
  const settled = new Candidates(count, width, random);
  for (let round = 0; round < rounds; round++) {
    const fraction = (done: number) => () => (round + done) / rounds;
    recent.clear();
    settled.clear();
    for (let from = 0; from < count; from += POINTS_PER_LOOK) {
      gather(lists, recent, settled, from, Math.min(count, from + POINTS_PER_LOOK));
      await breathe(hooks, fraction(0));
    }
    let changes = 0;
    for (let from = 0; from < count; from += POINTS_PER_LOOK) {
      changes += join(points, lists, recent, settled, from, Math.min(count, from + POINTS_PER_LOOK));
      await breathe(hooks, fraction(from / count));
    }
    if (changes < ENOUGH * count * lists.size) return;
  }
}

/** Up to `width` candidates for each point; of more, a random choice. */
class Candidates {
  readonly ids: Int32Array;
  readonly sizes: Uint8Array;

  constructor(
    count: number,
    readonly width: number,
    readonly random: SeededRandom,
  ) {
    this.ids = new Int32Array(count * width);
    this.sizes = new Uint8Array(count);
  }

  clear(): void {
    this.sizes.fill(0);
  }

  add(point: number, candidate: number): void {
    const { width } = this;
    const size = this.sizes[point];
    if (size < width) {
      this.ids[point * width + size] = candidate;
      this.sizes[point]++;
      return;
    }
    const slot = this.random.uint32() % (2 * width);
    if (slot < width) this.ids[point * width + slot] = candidate;
  }
}

function gather(lists: NeighborLists, recent: Candidates, settled: Candidates, from: number, to: number): void {
  const { ids, fresh, size } = lists;
  for (let point = from; point < to; point++) {
    for (let at = point * size; at < (point + 1) * size; at++) {
      const neighbor = ids[at];
      if (neighbor === NO_NEIGHBOR) break;
      const side = fresh[at] ? recent : settled;
      side.add(point, neighbor);
      side.add(neighbor, point);
      fresh[at] = 0;
    }
  }
}

/** Compares the candidates of points `from` to `to` with each other. @returns how many list entries changed. */
function join(
  points: Points,
  lists: NeighborLists,
  recent: Candidates,
  settled: Candidates,
  from: number,
  to: number,
): number {
  const { width } = recent;
  let changes = 0;
  for (let point = from; point < to; point++) {
    const start = point * width;
    const recentEnd = start + recent.sizes[point];
    const settledEnd = start + settled.sizes[point];
    for (let x = start; x < recentEnd; x++) {
      const a = recent.ids[x];
      for (let y = x + 1; y < recentEnd; y++) changes += compare(points, lists, a, recent.ids[y]);
      for (let y = start; y < settledEnd; y++) changes += compare(points, lists, a, settled.ids[y]);
    }
  }
  return changes;
}

function compare(points: Points, lists: NeighborLists, a: number, b: number): number {
  if (a === b) return 0;
  const distance = squaredDistance(points, a, b);
  let changes = 0;
  if (distance < lists.farthest(a)) changes += lists.offer(a, b, distance);
  if (distance < lists.farthest(b)) changes += lists.offer(b, a, distance);
  return changes;
}
