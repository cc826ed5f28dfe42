import * as v from 'valibot';
import type { Contract } from './rpc';
import { float32Array, uint8Array } from './typedArrays';
import { count, nothing } from './viewShapes';

/** What the map can be coloured by. */
export const ColorChoice = v.object({
  name: v.string(),
  title: v.string(),
  /** What it is about; `tags`: a dimension of them. */
  group: v.picklist(['tags', 'images', 'measures']),
});
export type ColorChoice = v.InferOutput<typeof ColorChoice>;

/** Of each of the `points` a label (`categories[i]` indexes `labels`, 255 for none), or a number (NaN for unknown). */
export const PointColors = v.variant('kind', [
  v.object({
    kind: v.literal('labels'),
    categories: uint8Array,
    labels: v.array(v.string()),
    /** The facet that has these labels as its values, or null. */
    facet: v.nullable(v.string()),
  }),
  v.object({ kind: v.literal('measure'), values: float32Array, title: v.string(), unit: v.string() }),
]);
export type PointColors = v.InferOutput<typeof PointColors>;

/** What the map shows beside its points. All of it is parallel to `points`. */
export const mapApi = {
  /**
   * @param colorBy a name of `colorChoices`, `tag:NAME` (has it or not) or `confidence:NAME`; null, and what is not
   * known, gives no labels
   */
  pointColors: {
    params: v.object({ colorBy: v.nullable(v.string()) }),
    result: v.object({ revision: count, colors: PointColors }),
  },
  /** Crowds of points, the largest first; `assignments[i]` indexes `clusters`, 255 for points of none. */
  clusters: {
    params: nothing,
    result: v.object({
      revision: count,
      assignments: uint8Array,
      clusters: v.array(
        v.object({
          name: v.string(),
          size: count,
          /** Where it is densest, in map units. */
          x: v.number(),
          y: v.number(),
        }),
      ),
    }),
  },
} as const satisfies Contract;
