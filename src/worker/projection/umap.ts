import type { MapSettings, MapStep } from '../../protocol/mapSettings';
import { Pacer } from '../numeric/pacer';
import { SeededRandom } from '../numeric/seededRandom';
import { fuzzyGraph } from './fuzzyGraph';
import { layOut } from './layOut';
import { nearestNeighbors } from './nearestNeighbors';
import type { Points } from './points';
import { rankCandidates, type Neighbors } from './rankCandidates';
import { reduceDimensions } from './reduceDimensions';
import { span, type StageHooks } from './stageHooks';
import type { StageStore } from './stageStore';
import { measureVectors, type VectorSource } from './vectors';

export interface UmapOptions extends MapSettings {
  seed: number;
}

export interface UmapHooks {
  signal: AbortSignal;
  /** `fraction` of the step, from 0 to 1, never falling. */
  progress(progress: { step: MapStep; fraction: number }): void;
}

/** Dimensions in which neighbors are looked for, before the nearest candidates are ranked in all of them. */
const SEARCH_DIMENSIONS = 64;
/** Candidates beyond the wanted neighbors; of very many vectors more true neighbors would be missed without more. */
const EXTRA_CANDIDATES = 15;
const VERY_MANY = 200_000;
const EXTRA_CANDIDATES_OF_VERY_MANY = 30;
/** The first picture, from the first two components, reaches so far from the middle. */
const START_RADIUS = 10;
const START_NOISE = 1e-3;
/** Share of the step `neighbors` that the search takes; the rest is ranking. */
const SEARCH_SHARE = 0.9;

/**
 * A map of vectors in two dimensions, by UMAP: like vectors come to lie together. The same input and seed give the same
 * bits on the same machine, whether in one go or from what an earlier run has left in the store.
 *
 * @param store what is in it must come from the same vectors and options
 * @returns x0, y0, x1, y1, …, always finite.
 * @throws the signal's reason when aborted, within a fraction of a second.
 */
export async function projectUmap(
  source: VectorSource,
  options: UmapOptions,
  hooks: UmapHooks,
  store: StageStore,
): Promise<Float32Array> {
  const { count } = source;
  const finished = await store.readFloats('layout');
  if (finished?.length === 2 * count) return finished;
  if (count < 2) return new Float32Array(2 * count);
  const pacer = new Pacer(hooks.signal);
  const neighbors = await findNeighbors(source, options, pacer, hooks, store);
  const graph = await fuzzyGraph(neighbors, step('graph', pacer, hooks));
  const positions = startPositions(await reduced(source, options, pacer, hooks, store), options.seed);
  const { minDistance, seed } = options;
  await layOut(positions, graph, { epochs: epochsFor(count), minDistance, seed }, step('layout', pacer, hooks));
  await store.write('layout', positions);
  hooks.progress({ step: 'layout', fraction: 1 });
  return positions;
}

/** Where the layout starts from: the first two principal components, the same bits as in `projectUmap`. */
export async function firstPicture(
  source: VectorSource,
  options: UmapOptions,
  hooks: UmapHooks,
  store: StageStore,
): Promise<Float32Array> {
  if (source.count < 2) return new Float32Array(2 * source.count);
  return startPositions(await reduced(source, options, new Pacer(hooks.signal), hooks, store), options.seed);
}

/** The vectors in as few dimensions as neighbors are looked for in. */
export async function reduced(
  source: VectorSource,
  { metric, seed }: Pick<UmapOptions, 'metric' | 'seed'>,
  pacer: Pacer,
  hooks: UmapHooks,
  store: StageStore,
): Promise<Points> {
  const { count } = source;
  const kept = await store.readFloats('reduced');
  const dimensions = (kept?.length ?? 0) / count;
  if (kept && Number.isInteger(dimensions) && dimensions > 0) return { coordinates: kept, count, dimensions };
  const reducing = step('reduce', pacer, hooks);
  const measured = await measureVectors(source, metric, reducing);
  const points = await reduceDimensions(measured, count, SEARCH_DIMENSIONS, seed, reducing);
  await store.write('reduced', points.coordinates);
  return points;
}

async function findNeighbors(
  source: VectorSource,
  options: UmapOptions,
  pacer: Pacer,
  hooks: UmapHooks,
  store: StageStore,
): Promise<Neighbors> {
  const { count } = source;
  const size = Math.min(options.neighbors, count - 1);
  const [ids, distances] = [await store.readIntegers('neighbors'), await store.readFloats('distances')];
  if (ids?.length === count * size && distances?.length === count * size) return { ids, distances, count, size };
  const points = await reduced(source, options, pacer, hooks, store);
  const searching = step('neighbors', pacer, hooks);
  const extra = count > VERY_MANY ? EXTRA_CANDIDATES_OF_VERY_MANY : EXTRA_CANDIDATES;
  const most = Math.min(count - 1, size + extra);
  const candidates = await nearestNeighbors(points, most, options.seed, span(searching, 0, SEARCH_SHARE));
  const ranking = span(searching, SEARCH_SHARE, 1);
  const measured = await measureVectors(source, options.metric, ranking);
  const neighbors = await rankCandidates(measured, candidates, size, ranking);
  await store.write('neighbors', neighbors.ids);
  await store.write('distances', neighbors.distances);
  return neighbors;
}

export function step(name: MapStep, pacer: Pacer, hooks: UmapHooks): StageHooks {
  const progress = (fraction: number): void => hooks.progress({ step: name, fraction });
  progress(0);
  return { pacer, progress };
}

/** The first two components at a common scale, shaken a little so that no two points coincide. */
function startPositions({ coordinates, count, dimensions }: Points, seed: number): Float32Array {
  const random = new SeededRandom(seed, 2);
  const axes = Math.min(2, dimensions);
  let widest = 0;
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < axes; axis++) widest = Math.max(widest, Math.abs(coordinates[i * dimensions + axis]));
  }
  const scale = widest > 0 ? START_RADIUS / widest : 0;
  const positions = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < 2; axis++) {
      const start = axis < axes ? coordinates[i * dimensions + axis] * scale : 0;
      positions[2 * i + axis] = start + (random.uniform() - 0.5) * START_NOISE;
    }
  }
  return positions;
}

/** Small maps need more rounds to settle, as in umap-learn. */
function epochsFor(count: number): number {
  return count <= 10_000 ? 500 : 200;
}
