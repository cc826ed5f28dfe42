import { NO_NEIGHBOR } from './neighborLists';
import type { Neighbors } from './rankCandidates';
import type { StageHooks } from './stageHooks';
import { breathe } from './stageHooks';

const BISECTIONS = 64;
const TOLERANCE = 1e-5;
/** A bandwidth is at least this share of the mean distance. */
const LEAST_BANDWIDTH = 1e-3;
/** Points that are handled between two looks at the clock. */
const POINTS_PER_LOOK = 256;

/** Each undirected edge twice, once per direction, one after the other. Weights are above 0, at most 1. */
export interface FuzzyGraph {
  heads: Int32Array;
  tails: Int32Array;
  weights: Float32Array;
  /** Largest of the weights, 0 when there are none. */
  heaviest: number;
}

/**
 * The fuzzy neighborhood graph of UMAP (L. McInnes, J. Healy, J. Melville, "UMAP: Uniform Manifold Approximation and
 * Projection", 2018, algorithms 2 and 3): each point's distances become memberships exp(−(d − ρ) / σ), with ρ its
 * nearest positive distance and σ such that they add up to log₂(size + 1); the two opinions on a pair are united by
 * w + w′ − w w′.
 */
export async function fuzzyGraph(neighbors: Neighbors, hooks: StageHooks): Promise<FuzzyGraph> {
  const { count, size } = neighbors;
  const memberships = new Float32Array(count * size);
  for (let from = 0; from < count; from += POINTS_PER_LOOK) {
    for (let point = from; point < Math.min(count, from + POINTS_PER_LOOK); point++) {
      writeMemberships(neighbors, point, memberships);
    }
    await breathe(hooks, () => (0.7 * from) / count);
  }

  const edges = new EdgeList(2 * count * size);
  for (let from = 0; from < count; from += POINTS_PER_LOOK) {
    for (let point = from; point < Math.min(count, from + POINTS_PER_LOOK); point++) {
      unite(neighbors, memberships, point, edges);
    }
    await breathe(hooks, () => 0.7 + (0.3 * from) / count);
  }
  return edges.finish();
}

/** Of the neighbors of one point, at `point * size` on; those that are none keep what they have. */
export function writeMemberships({ ids, distances, size }: Neighbors, point: number, memberships: Float32Array): void {
  const start = point * size;
  let end = start;
  let nearest = 0;
  let sum = 0;
  while (end < start + size && ids[end] !== NO_NEIGHBOR) {
    if (nearest === 0) nearest = distances[end];
    sum += distances[end];
    end++;
  }
  if (end === start) return;
  const least = (LEAST_BANDWIDTH * sum) / (end - start);
  const bandwidth = Math.max(least, bandwidthFor(distances, start, end, nearest, Math.log2(size + 1)));
  for (let at = start; at < end; at++) memberships[at] = membership(distances[at] - nearest, bandwidth);
}

function membership(excess: number, bandwidth: number): number {
  return excess > 0 ? Math.exp(-excess / bandwidth) : 1;
}

/** Bisection for the bandwidth at which the memberships add up to `target`. */
function bandwidthFor(distances: Float32Array, start: number, end: number, nearest: number, target: number): number {
  let low = 0;
  let high = Infinity;
  let bandwidth = 1;
  for (let i = 0; i < BISECTIONS; i++) {
    let sum = 0;
    for (let at = start; at < end; at++) sum += membership(distances[at] - nearest, bandwidth);
    if (Math.abs(sum - target) < TOLERANCE) break;
    if (sum > target) high = bandwidth;
    else low = bandwidth;
    bandwidth = high === Infinity ? bandwidth * 2 : (low + high) / 2;
  }
  return Number.isFinite(bandwidth) ? bandwidth : 1;
}

function unite({ ids, size }: Neighbors, memberships: Float32Array, point: number, edges: EdgeList): void {
  for (let at = point * size; at < (point + 1) * size; at++) {
    const other = ids[at];
    if (other === NO_NEIGHBOR) return;
    const back = ids.subarray(other * size, (other + 1) * size).indexOf(point);
    if (back >= 0 && other < point) continue;
    const forth = memberships[at];
    const opposite = back < 0 ? 0 : memberships[other * size + back];
    const weight = forth + opposite - forth * opposite;
    if (weight > 0) edges.add(point, other, weight);
  }
}

class EdgeList {
  readonly #heads: Int32Array;
  readonly #tails: Int32Array;
  readonly #weights: Float32Array;
  #size = 0;
  #heaviest = 0;

  constructor(most: number) {
    this.#heads = new Int32Array(most);
    this.#tails = new Int32Array(most);
    this.#weights = new Float32Array(most);
  }

  add(a: number, b: number, weight: number): void {
    this.#write(a, b, weight);
    this.#write(b, a, weight);
  }

  finish(): FuzzyGraph {
    return {
      heads: this.#heads.subarray(0, this.#size),
      tails: this.#tails.subarray(0, this.#size),
      weights: this.#weights.subarray(0, this.#size),
      heaviest: this.#heaviest,
    };
  }

  #write(head: number, tail: number, weight: number): void {
    this.#heads[this.#size] = head;
    this.#tails[this.#size] = tail;
    this.#weights[this.#size] = weight;
    this.#heaviest = Math.max(this.#heaviest, this.#weights[this.#size]);
    this.#size++;
  }
}
