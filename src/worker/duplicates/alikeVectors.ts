import { Pacer } from '../numeric/pacer';
import { EXACT_UP_TO, nearestNeighbors, type Candidates } from '../projection/nearestNeighbors';
import { NO_NEIGHBOR } from '../projection/neighborLists';
import { reduceDimensions } from '../projection/reduceDimensions';
import { breathe, span, type StageHooks } from '../projection/stageHooks';
import { distanceBetween, measureVectors, type MeasuredVectors, type VectorSource } from '../projection/vectors';
import { MOST_PARTNERS, PairCollector } from './pairCollector';
import { PairList } from './pairList';

/** Dimensions in which neighbors are looked for among many vectors, before their cosine is taken in all of them. */
const SEARCH_DIMENSIONS = 64;
/** Neighbors of each vector from which the search goes on to theirs. */
const NEIGHBORS = 10;
const SEED = 42;
/** Rounding of single precision, in squared distance. */
const ROUNDING = 1e-4;

/**
 * Pairs of vectors whose cosine is `least` or more. Exact up to 3,000 vectors. Beyond, by the neighbors that the map's
 * search finds and theirs in turn, as long as they are that alike. As with sign codes, memory is bounded: each vector
 * keeps at least 64 of its partners, and the first one of a group all of them.
 *
 * @param least −1 to 1
 * @returns pairs (i, j), i < j, flattened and sorted, with their cosines
 * @throws the signal's reason when aborted
 */
export async function findAlikeVectors(
  source: VectorSource,
  least: number,
  hooks: { signal: AbortSignal; progress: (fraction: number) => void },
): Promise<{ pairs: Uint32Array; cosines: Float32Array }> {
  const { count } = source;
  if (count < 2) return { pairs: new Uint32Array(), cosines: new Float32Array() };
  const all: StageHooks = { pacer: new Pacer(hooks.signal), progress: hooks.progress };
  const measured = await measureVectors(source, 'cosine', span(all, 0, 0));
  const { pairs, distances } =
    count <= EXACT_UP_TO
      ? await compareAll(measured, count, 1 - least, all)
      : await compareNeighbors(measured, count, 1 - least, all);
  return { pairs, cosines: distances.map((distance) => 1 - distance) };
}

async function compareAll(measured: MeasuredVectors, count: number, farthest: number, hooks: StageHooks) {
  const collector = new PairCollector(count);
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const distance = distanceBetween(measured, a, b);
      if (distance <= farthest) collector.add(a, b, distance);
    }
    await breathe(hooks, () => a / count);
  }
  return collector.sorted();
}

async function compareNeighbors(measured: MeasuredVectors, count: number, farthest: number, hooks: StageHooks) {
  const points = await reduceDimensions(measured, count, SEARCH_DIMENSIONS, SEED, span(hooks, 0, 0.1));
  const candidates = await nearestNeighbors(points, NEIGHBORS, SEED, span(hooks, 0.1, 0.9));
  const spread = new Spread(measured, candidates, farthest);
  const spreading = span(hooks, 0.9, 1);
  for (let point = 0; point < count; point++) {
    spread.from(point);
    await breathe(spreading, () => point / count);
  }
  return spread.pairs.sorted();
}

/** Goes from vectors to what is alike among their neighbors, and among the neighbors of these. */
class Spread {
  readonly pairs: PairList;
  /** Where each vector lies in the candidates. */
  private readonly places: Int32Array;
  /** The vector from which each was looked at last. */
  private readonly seenFrom: Int32Array;
  /** 1 for vectors that are partners of one that has all of its own. */
  private readonly covered: Uint8Array;
  /** Fewer dimensions never make vectors lie farther apart: what is farther than this there is in all of them. */
  private readonly farthestInSearch: number;

  constructor(
    private readonly measured: MeasuredVectors,
    private readonly candidates: Candidates,
    private readonly farthest: number,
  ) {
    const { order } = candidates;
    this.pairs = new PairList(order.length);
    this.places = new Int32Array(order.length);
    order.forEach((vector, place) => (this.places[vector] = place));
    this.seenFrom = new Int32Array(order.length).fill(-1);
    this.covered = new Uint8Array(order.length);
    this.farthestInSearch = 2 * farthest + ROUNDING;
  }

  from(start: number): void {
    const most = this.covered[start] === 1 ? MOST_PARTNERS : Infinity;
    const reached = [start];
    this.seenFrom[start] = start;
    for (let at = 0; at < reached.length && reached.length <= most; at++) this.step(start, reached[at], reached);
    if (most === Infinity) for (const partner of reached) this.covered[partner] = 1;
  }

  private step(start: number, around: number, reached: number[]): void {
    const { lists, order } = this.candidates;
    const first = this.places[around] * lists.size;
    for (let c = first; c < first + lists.size && lists.ids[c] !== NO_NEIGHBOR; c++) {
      if (lists.distances[c] > this.farthestInSearch) return; // the nearest come first
      const other = order[lists.ids[c]];
      if (this.seenFrom[other] === start) continue;
      this.seenFrom[other] = start;
      const distance = distanceBetween(this.measured, start, other);
      if (distance > this.farthest) continue;
      this.pairs.add(start, other, distance);
      reached.push(other);
    }
  }
}
