import { SeededRandom } from '../numeric/seededRandom';
import { NeighborLists, NO_NEIGHBOR } from './neighborLists';
import { squaredDistance, type Points } from './points';
import { ascending, growTree } from './projectionForest';
import type { Neighbors } from './rankCandidates';
import { breathe, span, type StageHooks } from './stageHooks';
import type { UmapOptions } from './umap';
import { distanceBetween, type MeasuredVectors } from './vectors';

/** Some ten seconds. */
const EXACT_UP_TO = 2e8;
const TREES = 16;
const LEAF_SIZE = 400;
/** Candidates beyond the wanted neighbors. */
const EXTRA_CANDIDATES = 15;
/** Share of the time that the trees take; the rest is comparing what they have not found. */
const FOREST_SHARE = 0.8;

/**
 * For each point that is not on the map, in order, its nearest ones that are: exact in the reduced dimensions for few
 * of them, else by trees; ranked by the true distance. Lists are short only where the map is.
 * @param xy NaN for points that are not on the map
 * @param exactUpTo pairs of a new and a mapped point up to which all are compared
 */
export async function mappedNeighbors(
  points: Points,
  measured: MeasuredVectors,
  xy: Float32Array,
  { neighbors, seed }: Pick<UmapOptions, 'neighbors' | 'seed'>,
  hooks: StageHooks,
  exactUpTo = EXACT_UP_TO,
): Promise<Neighbors> {
  const all = ascending(points.count);
  const fresh = all.filter((point) => Number.isNaN(xy[2 * point]));
  const mapped = all.filter((point) => !Number.isNaN(xy[2 * point]));
  const size = Math.min(neighbors, mapped.length);
  const lists = new NeighborLists(fresh.length, Math.min(size + EXTRA_CANDIDATES, mapped.length));
  const isExact = fresh.length * mapped.length <= exactUpTo;
  if (!isExact) await searchTrees(points, fresh, lists, seed, span(hooks, 0, FOREST_SHARE));
  const comparing = span(hooks, isExact ? 0 : FOREST_SHARE, 1);
  for (let i = 0; i < fresh.length; i++) {
    if (lists.farthest(i) === Infinity) await compareAll(points, mapped, lists, i, fresh[i], comparing);
    await breathe(comparing, () => i / fresh.length);
  }
  return rankByDistance(measured, fresh, lists, size, comparing);
}

async function searchTrees(
  points: Points,
  fresh: Int32Array,
  lists: NeighborLists,
  seed: number,
  hooks: StageHooks,
): Promise<void> {
  const random = new SeededRandom(seed, 4);
  const order = ascending(points.count);
  const placeOf = new Int32Array(points.count).fill(-1);
  fresh.forEach((point, i) => (placeOf[point] = i));
  for (let tree = 0; tree < TREES; tree++) {
    const part = span(hooks, tree / TREES, (tree + 1) / TREES);
    await growTree(points, order, LEAF_SIZE, random, part, (from, to) => {
      const leaf = order.subarray(from, to);
      const mapped = leaf.filter((point) => placeOf[point] < 0);
      for (const point of leaf) {
        if (placeOf[point] < 0) continue;
        for (const other of mapped) lists.offer(placeOf[point], other, squaredDistance(points, point, other));
      }
    });
  }
}

/** Mapped points that are compared between two looks at the clock. */
const POINTS_PER_LOOK = 8192;

async function compareAll(
  points: Points,
  mapped: Int32Array,
  lists: NeighborLists,
  list: number,
  point: number,
  hooks: StageHooks,
): Promise<void> {
  for (let from = 0; from < mapped.length; from += POINTS_PER_LOOK) {
    for (const other of mapped.subarray(from, from + POINTS_PER_LOOK)) {
      const distance = squaredDistance(points, point, other);
      if (distance < lists.farthest(list)) lists.offer(list, other, distance);
    }
    await breathe(hooks, () => list / lists.count);
  }
}

async function rankByDistance(
  measured: MeasuredVectors,
  fresh: Int32Array,
  lists: NeighborLists,
  size: number,
  hooks: StageHooks,
): Promise<Neighbors> {
  const count = fresh.length;
  const ids = new Int32Array(count * size).fill(NO_NEIGHBOR);
  const distances = new Float32Array(count * size).fill(Infinity);
  for (let i = 0; i < count; i++) {
    const found = lists.ids.subarray(i * lists.size, (i + 1) * lists.size).filter((id) => id !== NO_NEIGHBOR);
    const ranked = Array.from(found, (id): [number, number] => [distanceBetween(measured, fresh[i], id), id]);
    ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    ranked.slice(0, size).forEach(([distance, id], rank) => {
      ids[i * size + rank] = id;
      distances[i * size + rank] = distance;
    });
    await breathe(hooks, () => 1);
  }
  return { ids, distances, count, size };
}
