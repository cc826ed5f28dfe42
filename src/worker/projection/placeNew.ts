import { Pacer } from '../numeric/pacer';
import { writeMemberships } from './fuzzyGraph';
import { fitLayoutCurve, likeness, type LayoutCurve } from './layoutCurve';
import { mappedNeighbors } from './mappedNeighbors';
import { NO_NEIGHBOR } from './neighborLists';
import type { Neighbors } from './rankCandidates';
import { breathe, span } from './stageHooks';
import type { StageStore } from './stageStore';
import { reduced, step, type UmapHooks, type UmapOptions } from './umap';
import { measureVectors, type VectorSource } from './vectors';

/** Share of the step `place` that the search for neighbors takes. */
const SEARCH_SHARE = 0.9;

/**
 * Places of new vectors on a map that stays as it is: each comes to lie among those of its nearest mapped vectors that
 * lie together.
 *
 * @param xy x0, y0, x1, y1, … of all vectors, NaN for the new ones; at least one is on the map
 * @returns the places of the new ones, in order, always finite
 */
export async function placeNew(
  source: VectorSource,
  xy: Float32Array,
  options: UmapOptions,
  hooks: UmapHooks,
  store: StageStore,
): Promise<Float32Array> {
  const pacer = new Pacer(hooks.signal);
  const points = await reduced(source, options, pacer, hooks, store);
  const placing = step('place', pacer, hooks);
  const measured = await measureVectors(source, options.metric, placing);
  const searching = span(placing, 0, SEARCH_SHARE);
  const neighbors = await mappedNeighbors(points, measured, xy, options, searching);

  const curve = fitLayoutCurve(options.minDistance);
  const memberships = new Float32Array(neighbors.ids.length);
  const places = new Float32Array(2 * neighbors.count);
  for (let i = 0; i < neighbors.count; i++) {
    writeMemberships(neighbors, i, memberships);
    places.set(amongNeighbors(neighbors, i, memberships, xy, curve), 2 * i);
    await breathe(placing, () => SEARCH_SHARE + ((1 - SEARCH_SHARE) * i) / neighbors.count);
  }
  placing.progress(1);
  return places;
}

/**
 * Neighbors can lie in several parts of the map, between which nothing should be put. So the neighbor with the most
 * others around it is found first; the place is the mean of all, weighted by how near they lie to that one, too.
 */
function amongNeighbors(
  { ids, size }: Neighbors,
  point: number,
  memberships: Float32Array,
  xy: Float32Array,
  curve: LayoutCurve,
): [x: number, y: number] {
  const start = point * size;
  let end = start;
  while (end < start + size && ids[end] !== NO_NEIGHBOR) end++;
  const weightAround = (center: number, other: number) =>
    memberships[other] * likeness(curve, squaredDistanceOnMap(xy, ids[center], ids[other]));
  let [best, most] = [start, -1];
  for (let center = start; center < end; center++) {
    let weight = 0;
    for (let other = start; other < end; other++) weight += weightAround(center, other);
    if (weight > most) [best, most] = [center, weight];
  }
  let [x, y, sum] = [0, 0, 0];
  for (let other = start; other < end; other++) {
    const weight = weightAround(best, other);
    x += weight * xy[2 * ids[other]];
    y += weight * xy[2 * ids[other] + 1];
    sum += weight;
  }
  return sum > 0 ? [x / sum, y / sum] : [xy[2 * ids[best]], xy[2 * ids[best] + 1]];
}

function squaredDistanceOnMap(xy: Float32Array, a: number, b: number): number {
  return (xy[2 * a] - xy[2 * b]) ** 2 + (xy[2 * a + 1] - xy[2 * b + 1]) ** 2;
}
