import * as v from 'valibot';
import { GridSort } from './gridSort';
import type { Contract } from './rpc';
import { int32Array } from './typedArrays';
import { Correction, count, nothing, SampleRow } from './viewShapes';

/** Images that can be looked for at once: their mean stands for them. */
export const MOST_EXAMPLES = 1000;

const order = {
  sort: GridSort,
  descending: v.boolean(),
  /** A facet whose values make groups, one after the other; null for one list. */
  groupBy: v.nullable(v.string()),
};

/** The grid of the panel: pages, groups, and views in the order of likeness. */
export const gridApi = {
  /** One page of the samples that pass the filter. */
  samples: {
    params: v.object({
      offset: count,
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
      ...order,
    }),
    result: v.object({
      revision: count,
      total: count,
      matching: count,
      rows: v.array(SampleRow),
      corrections: v.array(Correction),
    }),
  },
  /** Ids of the samples from one place in the order to another, `count` of them or as many as there are. */
  sampleRange: { params: v.object({ offset: count, count, ...order }), result: int32Array },
  /** The groups of the samples that pass the filter, in order; empty where nothing is grouped. */
  groups: {
    params: v.object(order),
    result: v.object({
      revision: count,
      groups: v.array(
        v.object({
          /** What they have in common, in words; null for samples without a value. */
          label: v.nullable(v.string()),
          count: v.pipe(count, v.minValue(1)),
        }),
      ),
      /** Facets that can make groups. */
      choices: v.array(v.object({ name: v.string(), title: v.string() })),
    }),
  },
  /**
   * Makes the samples that look most like these the selection, the best first, of those that pass the rest of the
   * filter. Several are looked for by the mean of their vectors.
   */
  findSimilar: {
    params: v.object({
      ids: v.pipe(
        int32Array,
        v.check((ids) => ids.length > 0 && ids.length <= MOST_EXAMPLES, `1 to ${MOST_EXAMPLES} ids are expected`),
      ),
    }),
    result: nothing,
  },
} as const satisfies Contract;
