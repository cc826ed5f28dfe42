import * as v from 'valibot';
import type { Contract } from './rpc';
import { Operation } from './tagApi';
import { float32Array, int32Array, uint8Array } from './typedArrays';
import { count, NamedModel, nothing, percent } from './viewShapes';

/** Which suggestions are looked at. Null: of all. `filtered`: only of samples that pass the filter. */
const scope = {
  tag: v.nullable(v.string()),
  provider: v.nullable(v.string()),
  filtered: v.boolean(),
};

/** `useful`: near the threshold, models disagree, many images alike. */
export const ReviewOrder = v.picklist(['useful', 'confident', 'unsure']);
export type ReviewOrder = v.InferOutput<typeof ReviewOrder>;

export const ReviewTag = v.object({
  tag: v.string(),
  dimension: v.string(),
  /** Suggestions that nobody has decided about; of these, how many are tags already because the policy approves them. */
  undecided: count,
  inUse: count,
  approved: count,
  rejected: count,
});
export type ReviewTag = v.InferOutput<typeof ReviewTag>;

/** Suggestions that a person has not decided about. */
export const reviewApi = {
  reviewTags: {
    params: v.object({ provider: v.nullable(v.string()), filtered: v.boolean() }),
    result: v.object({
      revision: count,
      undecided: count,
      decided: count,
      /** Samples that have suggestions, and those of them that have none left to decide about. */
      samples: count,
      samplesDone: count,
      /** Most undecided first. */
      tags: v.array(ReviewTag),
      providers: v.array(NamedModel),
    }),
  },
  /** The queue as it is now, all of it: parallel arrays. `tags[i]` indexes `tagNames`, `providers[i]` `providerNames`. */
  reviewItems: {
    params: v.object({ ...scope, order: ReviewOrder }),
    result: v.object({
      revision: count,
      ids: int32Array,
      confidences: float32Array,
      tags: int32Array,
      tagNames: v.array(v.string()),
      providers: uint8Array,
      providerNames: v.array(NamedModel),
      /** 1 where it is a tag already because the policy approves it. */
      inUse: uint8Array,
    }),
  },
  /**
   * Approves or rejects single suggestions, all of them as one operation: that of the sample `ids[i]` for the tag
   * `tagNames[tags[i]]` is approved where `approved[i]` is 1, else rejected. Null when nothing changes by it.
   */
  decideItems: {
    params: v.object({
      ids: int32Array,
      tags: int32Array,
      tagNames: v.array(v.pipe(v.string(), v.maxLength(200))),
      approved: uint8Array,
    }),
    result: v.nullable(Operation),
  },
  /** Approves what is at least, or rejects what is below a confidence. Null when there is none. */
  decideByConfidence: {
    params: v.object({ ...scope, action: v.picklist(['approved', 'rejected']), confidence: percent }),
    result: v.nullable(Operation),
  },
  /**
   * How often each whole score (0 to 100) was given, after the mapping and one answer to a one-answer question, and how
   * people decided about those: what a threshold would accept follows without another question.
   */
  scores: {
    params: v.object({
      provider: v.nullable(v.string()),
      dimension: v.nullable(v.string()),
      tag: v.nullable(v.string()),
      filtered: v.boolean(),
    }),
    result: v.object({ revision: count, given: int32Array, approved: int32Array, rejected: int32Array }),
  },
  /** How suggestions turned out, by model and tag, the most decided about first. */
  acceptance: {
    params: nothing,
    result: v.array(
      v.object({
        provider: NamedModel,
        tag: v.string(),
        dimension: v.string(),
        /** The threshold in force. */
        threshold: percent,
        approved: count,
        rejected: count,
        undecided: count,
      }),
    ),
  },
} as const satisfies Contract;
