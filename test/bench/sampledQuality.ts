import { SeededRandom } from '../../src/worker/numeric/seededRandom';

interface Vectors {
  /** Row-major, of unit length. */
  readonly vectors: Float32Array;
  readonly count: number;
  readonly length: number;
}

/**
 * Trustworthiness (J. Venna, S. Kaski, 2001) of `asked` seeded points among all: how far the `size` nearest in the
 * layout are near in the data too, 0 to 1. By brute force.
 */
export function sampledTrustworthiness(data: Vectors, layout: Float32Array, size: number, asked: number): number {
  const { count } = data;
  let penalty = 0;
  const points = new SeededRandom(7).sample(count, asked);
  for (const point of points) {
    const distances = distancesInData(data, point);
    const sorted = distances.slice().sort();
    for (const near of nearestIn(distancesInLayout(layout, count, point), size)) {
      penalty += Math.max(0, rankIn(sorted, distances[near]) - size);
    }
  }
  return 1 - (2 * penalty) / (points.length * size * (2 * count - 3 * size - 1));
}

/** Share of the true `size` nearest neighbors of `asked` seeded points that are in their lists. */
export function sampledRecall(data: Vectors, neighbors: Int32Array, size: number, asked: number): number {
  let found = 0;
  const points = new SeededRandom(7).sample(data.count, asked);
  for (const point of points) {
    const nearest = nearestIn(distancesInData(data, point), size);
    const listed = new Set(neighbors.subarray(point * size, (point + 1) * size));
    for (const id of nearest) if (listed.has(id)) found++;
  }
  return found / (points.length * size);
}

function distancesInData({ vectors, count, length }: Vectors, point: number): Float64Array {
  const distances = new Float64Array(count);
  const own = Float64Array.from(vectors.subarray(point * length, (point + 1) * length));
  for (let other = 0, at = 0; other < count; other++) {
    let [s0, s1] = [0, 0];
    for (let axis = 0; axis + 1 < length; axis += 2, at += 2) {
      s0 += own[axis] * vectors[at];
      s1 += own[axis + 1] * vectors[at + 1];
    }
    distances[other] = other === point ? Infinity : 1 - (s0 + s1);
  }
  return distances;
}

function distancesInLayout(layout: Float32Array, count: number, point: number): Float64Array {
  return Float64Array.from({ length: count }, (_, other) =>
    other === point
      ? Infinity
      : (layout[2 * other] - layout[2 * point]) ** 2 + (layout[2 * other + 1] - layout[2 * point + 1]) ** 2,
  );
}

/** The `size` with the least distance, by one pass. */
function nearestIn(distances: Float64Array, size: number): number[] {
  const best: number[] = [];
  distances.forEach((distance, id) => {
    if (best.length === size && distance >= distances[best[size - 1]]) return;
    let at = best.length;
    while (at > 0 && distances[best[at - 1]] > distance) at--;
    best.splice(at, 0, id);
    if (best.length > size) best.pop();
  });
  return best;
}

/** 1 for the least of all. */
function rankIn(sorted: Float64Array, distance: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < distance) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}
