import * as v from 'valibot';
import type { Contract } from './rpc';
import { int32Array } from './typedArrays';
import { count, nothing } from './viewShapes';

/** Something that can be wrong with an image, told by one number about it. */
export const QualityIssue = v.object({
  name: v.string(),
  title: v.string(),
  /** What is measured, in words, with its unit. */
  measure: v.string(),
  side: v.picklist(['below', 'above']),
  threshold: v.number(),
  /** The threshold while nobody moves it. */
  usual: v.number(),
  least: v.number(),
  most: v.number(),
  step: v.number(),
  /** Images in each of the equal steps from `least` to `most`; those beyond are in the first or the last one. */
  counts: int32Array,
  /** Images whose number is not known. */
  unknown: count,
  /** Images that have the issue. */
  samples: count,
});
export type QualityIssue = v.InferOutput<typeof QualityIssue>;

/** What is wrong with single images, and from where on. */
export const qualityApi = {
  qualityIssues: { params: nothing, result: v.object({ revision: count, issues: v.array(QualityIssue) }) },
  /** Null: back to the usual one. */
  setIssueThreshold: {
    params: v.object({ issue: v.string(), threshold: v.nullable(v.number()) }),
    result: nothing,
  },
} as const satisfies Contract;
