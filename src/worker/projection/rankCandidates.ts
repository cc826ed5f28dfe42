import type { Candidates } from './nearestNeighbors';
import { NO_NEIGHBOR } from './neighborLists';
import type { StageHooks } from './stageHooks';
import { breathe } from './stageHooks';
import { distanceBetween, type MeasuredVectors } from './vectors';

/** Points that are ranked between two looks at the clock. */
const POINTS_PER_LOOK = 128;

/** For each point its `size` nearest ones, nearest first; `NO_NEIGHBOR` and Infinity where there are fewer. */
export interface Neighbors {
  ids: Int32Array;
  distances: Float32Array;
  count: number;
  size: number;
}

/** Of the candidates that were found in fewer dimensions, the `size` nearest by the true distance. */
export async function rankCandidates(
  measured: MeasuredVectors,
  candidates: Candidates,
  size: number,
  hooks: StageHooks,
): Promise<Neighbors> {
  const { count } = candidates.lists;
  const ranked: Neighbors = {
    ids: new Int32Array(count * size).fill(NO_NEIGHBOR),
    distances: new Float32Array(count * size).fill(Infinity),
    count,
    size,
  };
  for (let from = 0; from < count; from += POINTS_PER_LOOK) {
    for (let place = from; place < Math.min(count, from + POINTS_PER_LOOK); place++) {
      rank(measured, candidates, ranked, place);
    }
    await breathe(hooks, () => from / count);
  }
  return ranked;
}

function rank(
  measured: MeasuredVectors,
  { lists, order }: Candidates,
  { ids, distances, size }: Neighbors,
  place: number,
): void {
  const point = order[place];
  const start = point * size;
  const last = start + size - 1;
  for (let c = place * lists.size; c < (place + 1) * lists.size; c++) {
    if (lists.ids[c] === NO_NEIGHBOR) return;
    const candidate = order[lists.ids[c]];
    const distance = distanceBetween(measured, point, candidate);
    if (distance >= distances[last]) continue;
    let at = last;
    while (at > start && distances[at - 1] > distance) {
      distances[at] = distances[at - 1];
      ids[at] = ids[at - 1];
      at--;
    }
    distances[at] = distance;
    ids[at] = candidate;
  }
}
