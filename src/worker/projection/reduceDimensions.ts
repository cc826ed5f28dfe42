import { centeredRows, chooseRows, principalComponents } from '../numeric/principalComponents';
import { projectRows } from '../numeric/projectRows';
import type { Points } from './points';
import type { StageHooks } from './stageHooks';
import { breathe } from './stageHooks';
import type { MeasuredVectors } from './vectors';

/** Components are fitted on at most so many rows. */
const FIT_ROWS = 4000;
/** Rows that are handled between two looks at the clock. */
const ROWS_PER_LOOK = 64;

/** The vectors, or their directions under the cosine, along their first principal components, at most `most` and possibly fewer, at least one. */
export async function reduceDimensions(
  measured: MeasuredVectors,
  count: number,
  most: number,
  seed: number,
  hooks: StageHooks,
): Promise<Points> {
  const { vectors, factors, length } = measured;
  const chosen = chooseRows(count, FIT_ROWS, seed);
  const { mean, centered } = centeredRows(vectors, length, chosen, factors);
  const { rank, components } = await principalComponents(centered, chosen.length, length, most, hooks.pacer);
  const dimensions = Math.max(1, rank);
  const coordinates = new Float32Array(count * dimensions);
  if (rank === 0) return { coordinates, count, dimensions };
  const basis = { mean: Float32Array.from(mean), components, length, rank };
  for (let from = 0; from < count; from += ROWS_PER_LOOK) {
    projectRows(vectors, from, Math.min(count, from + ROWS_PER_LOOK), basis, factors, coordinates);
    await breathe(hooks, () => 0.3 + (0.7 * from) / count);
  }
  return { coordinates, count, dimensions };
}
