import { SeededRandom } from '../numeric/seededRandom';
import { exactNeighbors } from './exactNeighbors';
import { neighborDescent } from './neighborDescent';
import { NeighborLists } from './neighborLists';
import type { Points } from './points';
import { searchProjectionForest } from './projectionForest';
import type { StageHooks } from './stageHooks';

/** Points up to which all pairs are compared: it is exact, and no slower. */
export const EXACT_UP_TO = 3000;
/** Share of the time that the trees take. */
const FOREST_SHARE = 0.35;

/**
 * The `size` nearest points of each point by Euclidean distance, nearest first: exact for few points, else trees and
 * NN-descent, with a recall of about .97 at 10,000. Seeded. @throws when aborted.
 */
export async function nearestNeighbors(
  points: Points,
  size: number,
  seed: number,
  hooks: StageHooks,
): Promise<NeighborLists> {
  const { count } = points;
  const lists = new NeighborLists(count, size);
  if (count <= EXACT_UP_TO) {
    await exactNeighbors(points, lists, hooks);
    return lists;
  }
  const random = new SeededRandom(seed, 1);
  await searchProjectionForest(points, lists, treesFor(count), random, {
    pacer: hooks.pacer,
    progress: (fraction) => hooks.progress(FOREST_SHARE * fraction),
  });
  await neighborDescent(points, lists, roundsFor(count), random, {
    pacer: hooks.pacer,
    progress: (fraction) => hooks.progress(FOREST_SHARE + (1 - FOREST_SHARE) * fraction),
  });
  return lists;
}

function treesFor(count: number): number {
  return Math.min(16, 4 + Math.round(Math.log10(count) * 1.6));
}

function roundsFor(count: number): number {
  return Math.max(4, Math.round(Math.log2(count) * 0.6));
}
