import type { NeighborLists } from './neighborLists';
import type { Points } from './points';
import { squaredDistance } from './points';
import type { StageHooks } from './stageHooks';
import { breathe } from './stageHooks';

/** Offers every pair of points. The better choice for a few thousand points. */
export async function exactNeighbors(points: Points, lists: NeighborLists, hooks: StageHooks): Promise<void> {
  const { count } = points;
  for (let a = 1; a < count; a++) {
    offerEarlier(points, lists, a);
    await breathe(hooks, () => (a / count) ** 2);
  }
}

function offerEarlier(points: Points, lists: NeighborLists, a: number): void {
  for (let b = 0; b < a; b++) {
    const distance = squaredDistance(points, a, b);
    lists.offer(a, b, distance);
    lists.offer(b, a, distance);
  }
}
