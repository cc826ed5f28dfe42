import type { NeighborLists } from './neighborLists';
import { NO_NEIGHBOR } from './neighborLists';
import type { StageHooks } from './stageHooks';
import { breathe } from './stageHooks';

/** Points that are ranked between two looks at the clock. */
const POINTS_PER_LOOK = 128;

/** For each point its `size` nearest ones, nearest first; `NO_NEIGHBOR` and Infinity where there are fewer. */
export interface Neighbors {
  ids: Int32Array;
  distances: Float32Array;
  count: number;
  size: number;
}

/** Vectors, row-major, and what each has to be multiplied by to have length 1 (0 for the zero vector). */
export interface Directions {
  vectors: Float32Array;
  factors: Float32Array;
  length: number;
}

/**
 * Of the candidates that were found in fewer dimensions, the `size` nearest by the true cosine distance
 * (1 − cosine, 0 to 2).
 */
export async function rankCandidates(
  directions: Directions,
  candidates: NeighborLists,
  size: number,
  hooks: StageHooks,
): Promise<Neighbors> {
  const { count } = candidates;
  const ranked: Neighbors = {
    ids: new Int32Array(count * size).fill(NO_NEIGHBOR),
    distances: new Float32Array(count * size).fill(Infinity),
    count,
    size,
  };
  for (let from = 0; from < count; from += POINTS_PER_LOOK) {
    for (let point = from; point < Math.min(count, from + POINTS_PER_LOOK); point++) {
      rank(directions, candidates, ranked, point);
    }
    await breathe(hooks, () => from / count);
  }
  return ranked;
}

function rank(
  directions: Directions,
  candidates: NeighborLists,
  { ids, distances, size }: Neighbors,
  point: number,
): void {
  const start = point * size;
  const last = start + size - 1;
  for (let c = point * candidates.size; c < (point + 1) * candidates.size; c++) {
    const candidate = candidates.ids[c];
    if (candidate === NO_NEIGHBOR) return;
    const distance = cosineDistance(directions, point, candidate);
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

function cosineDistance({ vectors, factors, length }: Directions, a: number, b: number): number {
  const p = a * length;
  const q = b * length;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 0;
  for (; j + 3 < length; j += 4) {
    s0 += vectors[p + j] * vectors[q + j];
    s1 += vectors[p + j + 1] * vectors[q + j + 1];
    s2 += vectors[p + j + 2] * vectors[q + j + 2];
    s3 += vectors[p + j + 3] * vectors[q + j + 3];
  }
  for (; j < length; j++) s0 += vectors[p + j] * vectors[q + j];
  return Math.max(0, 1 - (s0 + s1 + (s2 + s3)) * factors[a] * factors[b]);
}
