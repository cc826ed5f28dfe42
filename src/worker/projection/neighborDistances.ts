import { Pacer } from '../numeric/pacer';
import { EXACT_UP_TO, nearestNeighbors } from './nearestNeighbors';
import { rankCandidates } from './rankCandidates';
import { reduceDimensions } from './reduceDimensions';
import type { StageHooks } from './stageHooks';
import { measureVectors } from './vectors';

/** Dimensions in which neighbors are looked for among many vectors, before they are ranked in all of them. */
const SEARCH_DIMENSIONS = 64;
const EXTRA_CANDIDATES = 15;
const SEED = 42;

/**
 * How far each of `count` row-major unit vectors is from what is most like it: the mean cosine distance, 0 to 2, to the
 * `neighbors` nearest others, or to all where there are fewer; 0 for a single vector. Exact up to 3,000 vectors, beyond
 * by the search that the map uses, which overlooks few of them. @throws the signal's reason when aborted.
 */
export async function neighborDistances(
  vectors: Float32Array,
  count: number,
  neighbors: number,
  hooks: { signal: AbortSignal; progress: (fraction: number) => void },
): Promise<Float32Array> {
  const means = new Float32Array(count);
  if (count < 2) return means;
  const pacer = new Pacer(hooks.signal);
  const stage = (start: number, end: number): StageHooks => ({
    pacer,
    progress: (fraction) => hooks.progress(start + (end - start) * fraction),
  });
  const length = vectors.length / count;
  const size = Math.min(neighbors, count - 1);
  const source = { count, length, read: () => Promise.resolve(vectors) };
  const measured = await measureVectors(source, 'cosine', stage(0, 0));
  const points =
    count <= EXACT_UP_TO
      ? { coordinates: vectors, count, dimensions: length }
      : await reduceDimensions(measured, count, SEARCH_DIMENSIONS, SEED, stage(0, 0.1));
  const candidates = await nearestNeighbors(
    points,
    Math.min(count - 1, size + EXTRA_CANDIDATES),
    SEED,
    stage(0.1, 0.9),
  );
  const { distances } = await rankCandidates(measured, candidates, size, stage(0.9, 1));
  for (let i = 0; i < count; i++) {
    const nearest = distances.subarray(i * size, (i + 1) * size).filter(Number.isFinite);
    means[i] = nearest.reduce((sum, distance) => sum + distance, 0) / Math.max(1, nearest.length);
  }
  return means;
}
