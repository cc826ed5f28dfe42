import * as v from 'valibot';
import type { Contract } from './rpc';
import { float32Array, uint32Array, uint8Array } from './typedArrays';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** Names the vectors and their state; a worker holds one index at a time. */
const key = v.string();

/** Search for near vectors among many, which the worker holds in memory. Calls with another key than `beginIndex` last had answer null. */
export const vectorIndexApi = {
  /** Drops the index there is and begins an empty one, of rows of so many numbers. */
  beginIndex: { params: v.object({ key, length: v.pipe(count, v.minValue(1)) }), result: v.null() },
  /** Adds rows of unit length, row-major. Answers how many there are. */
  extendIndex: { params: v.object({ key, vectors: float32Array }), result: v.nullable(count) },
  /**
   * The rows nearest to a unit vector by cosine, the best first.
   * `mask`: 1 for each row that may be found, null for all. `first`: rows that come before the others where they may be
   * found. `count`: how many rows were looked at.
   */
  searchIndex: {
    params: v.object({
      key,
      vector: float32Array,
      limit: v.pipe(count, v.minValue(1)),
      mask: v.nullable(uint8Array),
      first: uint32Array,
    }),
    result: v.nullable(v.object({ rows: uint32Array, scores: float32Array, count })),
  },
} as const satisfies Contract;
