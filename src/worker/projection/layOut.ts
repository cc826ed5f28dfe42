import { SeededRandom } from '../numeric/seededRandom';
import type { FuzzyGraph } from './fuzzyGraph';
import type { GradientTable } from './gradientTable';
import { gradientTable } from './gradientTable';
import { fitLayoutCurve } from './layoutCurve';
import type { StageHooks } from './stageHooks';
import { breathe } from './stageHooks';

/** Points without an edge that push each end of an edge away, each time the edge pulls. */
const PUSHES = 5;
/** A step along one axis, before the learning rate, is at most this long. */
const LONGEST_STEP = 4;
/** Edges that are visited between two looks at the clock. */
const EDGES_PER_LOOK = 8192;

export interface LayoutOptions {
  epochs: number;
  minDistance: number;
  seed: number;
}

/**
 * Moves the points `positions` (x0, y0, x1, y1, …) so that the graph's neighbors come to lie together, by stochastic
 * gradient descent with negative sampling (UMAP, algorithm 5): an edge pulls the more often the heavier it is, and
 * random points push. Seeded and in one order, so reproducible. @throws when aborted.
 */
export async function layOut(
  positions: Float32Array,
  graph: FuzzyGraph,
  options: LayoutOptions,
  hooks: StageHooks,
): Promise<void> {
  const { epochs, minDistance, seed } = options;
  const edges = await scheduleEdges(graph, epochs, hooks);
  const count = edges.heads.length;
  const table = gradientTable(fitLayoutCurve(minDistance));
  const state = { random: new SeededRandom(seed, 3).uint32(), square: new Float32Array(1) };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 1 - epoch / epochs;
    for (let from = 0; from < count; from += EDGES_PER_LOOK) {
      visitEdges(positions, edges, table, state, epoch + 1, rate, from, Math.min(count, from + EDGES_PER_LOOK));
      await breathe(hooks, () => (epoch + from / count) / epochs);
    }
  }
}

interface ScheduledEdges {
  heads: Int32Array;
  tails: Int32Array;
  /** Epochs from one visit of an edge to the next. */
  intervals: Float32Array;
  /** Epoch of the next visit. */
  due: Float32Array;
}

/** Edges too light to be visited even once are left out. */
async function scheduleEdges(graph: FuzzyGraph, epochs: number, hooks: StageHooks): Promise<ScheduledEdges> {
  const { heads, tails, weights, heaviest } = graph;
  let size = 0;
  for (let e = 0; e < weights.length; e++) {
    if (weights[e] * epochs >= heaviest) size++;
    if (e % EDGES_PER_LOOK === 0) await breathe(hooks, () => 0);
  }
  const edges: ScheduledEdges = {
    heads: new Int32Array(size),
    tails: new Int32Array(size),
    intervals: new Float32Array(size),
    due: new Float32Array(size),
  };
  let at = 0;
  for (let e = 0; e < weights.length; e++) {
    if (e % EDGES_PER_LOOK === 0) await breathe(hooks, () => 0);
    if (weights[e] * epochs < heaviest) continue;
    edges.heads[at] = heads[e];
    edges.tails[at] = tails[e];
    edges.intervals[at] = heaviest / weights[e];
    edges.due[at] = edges.intervals[at];
    at++;
  }
  return edges;
}

/** The innermost loop: everything it touches is a local, and its random numbers are xorshift32 written out. */
function visitEdges(
  positions: Float32Array,
  { heads, tails, intervals, due }: ScheduledEdges,
  { pull, push }: GradientTable,
  state: { random: number; square: Float32Array },
  epoch: number,
  rate: number,
  from: number,
  to: number,
): void {
  const square = state.square;
  const bits = new Uint32Array(square.buffer);
  const scale = positions.length / 2 / 4294967296;
  let random = state.random;
  for (let e = from; e < to; e++) {
    if (due[e] > epoch) continue;
    due[e] += intervals[e];
    const head = heads[e] << 1;
    const tail = tails[e] << 1;
    let x = positions[head];
    let y = positions[head + 1];
    let dx = x - positions[tail];
    let dy = y - positions[tail + 1];
    square[0] = dx * dx + dy * dy;
    if (square[0] > 0) {
      const factor = pull[bits[0] >>> 16];
      const stepX = rate * clamp(factor * dx);
      const stepY = rate * clamp(factor * dy);
      x += stepX;
      y += stepY;
      positions[tail] -= stepX;
      positions[tail + 1] -= stepY;
    }
    for (let k = 0; k < PUSHES; k++) {
      random ^= random << 13;
      random ^= random >>> 17;
      random ^= random << 5;
      const other = ((random >>> 0) * scale) << 1;
      dx = x - positions[other];
      dy = y - positions[other + 1];
      square[0] = dx * dx + dy * dy;
      if (square[0] > 0) {
        const factor = push[bits[0] >>> 16];
        x += rate * clamp(factor * dx);
        y += rate * clamp(factor * dy);
      }
    }
    positions[head] = x;
    positions[head + 1] = y;
  }
  state.random = random;
}

function clamp(step: number): number {
  return step > LONGEST_STEP ? LONGEST_STEP : step < -LONGEST_STEP ? -LONGEST_STEP : step;
}
