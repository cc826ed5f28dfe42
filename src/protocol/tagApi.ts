import * as v from 'valibot';
import type { Contract } from './rpc';
import { int32Array } from './typedArrays';
import { count, nothing, sampleId } from './viewShapes';

/** As typed; it is normalised and checked where it enters the dataset. */
const tagText = v.pipe(v.string(), v.maxLength(200));

export const DecisionAction = v.picklist(['added', 'approved', 'rejected', 'removed']);
export type DecisionAction = v.InferOutput<typeof DecisionAction>;

/** `withdrawn` takes back what was decided: as if nothing had been. */
export const DecideAction = v.picklist([...DecisionAction.options, 'withdrawn']);
export type DecideAction = v.InferOutput<typeof DecideAction>;

/** Which samples something is done to: those named, or all that pass the filter. */
export const SampleSet = v.variant('kind', [
  v.object({ kind: v.literal('ids'), ids: int32Array }),
  v.object({ kind: v.literal('filter') }),
]);
export type SampleSet = v.InferOutput<typeof SampleSet>;

/** Something that a person did and can undo, in words: "Add “dark” to 312 images". */
export const Operation = v.object({ id: count, title: v.string(), samples: count });
export type Operation = v.InferOutput<typeof Operation>;

/** A change of tags in the whole dataset. `to` is null for `delete`; several `from` are merged. */
export const TagChange = v.object({
  kind: v.picklist(['rename', 'merge', 'delete']),
  from: v.pipe(v.array(tagText), v.minLength(1), v.maxLength(100)),
  to: v.nullable(tagText),
});
export type TagChange = v.InferOutput<typeof TagChange>;

export const TagSummary = v.object({
  tag: v.string(),
  dimension: v.string(),
  /** Samples that have it; of these, how many from a person. */
  samples: count,
  byPerson: count,
  /** Suggestions that nobody has decided about. */
  undecided: count,
  aliases: v.array(v.string()),
  implies: v.array(v.string()),
  /** Part of the vocabulary that models are asked by. */
  inVocabulary: v.boolean(),
});
export type TagSummary = v.InferOutput<typeof TagSummary>;

/** Tags by hand. */
export const tagApi = {
  /** Tags that begin with, contain or nearly are what was typed, the best first. */
  suggestTags: {
    params: v.object({ text: tagText, limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)) }),
    result: v.object({
      /** What was typed as a tag would be named, or null with what is wrong in `problem`. */
      name: v.nullable(v.string()),
      problem: v.nullable(v.string()),
      isNew: v.boolean(),
      suggestions: v.array(
        v.object({
          tag: v.string(),
          dimension: v.string(),
          samples: count,
          /** The alias by which it was found, or null. */
          alias: v.nullable(v.string()),
        }),
      ),
    }),
  },
  /** Tags that some of these samples have, the most frequent first. */
  tagsOf: {
    params: v.object({ samples: SampleSet }),
    result: v.object({
      total: count,
      tags: v.array(v.object({ tag: v.string(), dimension: v.string(), samples: count })),
    }),
  },
  /** Records a decision on each of the tags for each of the samples. Null when nothing changes by it. */
  decide: {
    params: v.object({
      samples: SampleSet,
      tags: v.pipe(v.array(tagText), v.minLength(1), v.maxLength(50)),
      action: DecideAction,
      /** Null: that which the tag has. */
      dimension: v.nullable(v.string()),
    }),
    result: v.nullable(Operation),
  },
  /** What undo and redo would do now. */
  history: { params: nothing, result: v.object({ undo: v.nullable(Operation), redo: v.nullable(Operation) }) },
  /** Null when there is nothing to undo. */
  undo: { params: nothing, result: v.nullable(Operation) },
  redo: { params: nothing, result: v.nullable(Operation) },
  /** Which key gives which tag. */
  tagKeys: { params: nothing, result: v.record(v.string(), v.string()) },
  /** Keys are 0 to 9 and a to z; null takes a key back. */
  setTagKey: {
    params: v.object({ key: v.pipe(v.string(), v.regex(/^[0-9a-z]$/)), tag: v.nullable(tagText) }),
    result: nothing,
  },
  tagList: {
    params: v.object({
      text: tagText,
      sort: v.picklist(['tag', 'samples', 'undecided']),
      offset: count,
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
    }),
    result: v.object({ total: count, tags: v.array(TagSummary) }),
  },
  /** What a change would do, before it is done. */
  previewTagChange: {
    params: v.object({ change: TagChange }),
    result: v.object({
      /** Why it cannot be done, in words, or null. */
      problem: v.nullable(v.string()),
      /** The name that results, normalised; null for `delete`. */
      to: v.nullable(v.string()),
      /** A tag of the new name is there already, so that this merges. */
      merges: v.boolean(),
      /** Samples whose tags change; of these, how many where a person gave the tag. */
      samples: count,
      byPerson: count,
      /** Samples where a person had removed the one and given the other: they keep what was given. */
      conflicts: count,
      mappings: count,
      savedViews: count,
      examples: v.array(sampleId),
    }),
  },
  changeTags: { params: v.object({ change: TagChange }), result: v.nullable(Operation) },
  /** Asks where to, and writes the log of all decisions. Null when the person thought better of it. */
  exportDecisions: { params: nothing, result: v.nullable(v.object({ file: v.string(), decisions: count })) },
} as const satisfies Contract;
