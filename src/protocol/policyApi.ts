import * as v from 'valibot';
import type { Contract } from './rpc';
import { count, NamedModel, nothing, percent } from './viewShapes';

const name = v.pipe(v.string(), v.maxLength(200));

/** One explicit rule; '' stands for any, the most specific rule that says something holds. */
export const PolicyRule = v.object({
  provider: v.string(),
  dimension: v.string(),
  threshold: v.nullable(percent),
  /** Whether suggestions become tags without a person. */
  autoApprove: v.nullable(v.boolean()),
  /** Whether names that are neither mapped nor tags of this dataset wait until they are mapped. */
  holdUnmapped: v.nullable(v.boolean()),
});
export type PolicyRule = v.InferOutput<typeof PolicyRule>;

const maxTags = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));

/** `map`: to a tag of one's own. `none`: left as it is. */
export const MappingAction = v.picklist(['map', 'ignore', 'none']);
export type MappingAction = v.InferOutput<typeof MappingAction>;

const factor = v.pipe(v.number(), v.minValue(0.01), v.maxValue(10));

export const MappingRow = v.object({
  /** '': any. */
  provider: v.string(),
  external: v.string(),
  action: MappingAction,
  tag: v.nullable(v.string()),
  dimension: v.nullable(v.string()),
  factor,
  /** Predictions of that name. */
  predictions: count,
});
export type MappingRow = v.InferOutput<typeof MappingRow>;

export const ImportReport = v.object({
  file: v.string(),
  added: count,
  replaced: count,
  kept: count,
  refused: count,
  /** One for each row of the file that was not simply added. */
  rows: v.array(
    v.object({
      /** Of the file, from 1, the header included. */
      line: count,
      external: v.string(),
      outcome: v.picklist(['added', 'replaced', 'kept', 'refused']),
      reason: v.nullable(v.string()),
    }),
  ),
});
export type ImportReport = v.InferOutput<typeof ImportReport>;

/** The policy of the active dataset, and how names of models become tags. */
export const policyApi = {
  policy: {
    params: nothing,
    result: v.object({
      revision: count,
      /** What was set for this dataset. */
      rules: v.array(PolicyRule),
      maxTags: v.nullable(maxTags),
      /** What holds where no rule of this dataset says something else. */
      inherited: v.object({ maxTags, autoApprove: v.boolean() }),
      /** Who has said something of this dataset, on what. */
      providers: v.array(
        v.object({
          ...NamedModel.entries,
          predictions: count,
          /** Inherited, from the editor's settings or the model itself. */
          threshold: percent,
          dimensions: v.array(
            v.object({
              name: v.string(),
              title: v.string(),
              predictions: count,
              /** Inherited, too. */
              threshold: percent,
            }),
          ),
        }),
      ),
    }),
  },
  /** Derives every tag anew that this changes. */
  setPolicy: { params: v.object({ rules: v.array(PolicyRule), maxTags: v.nullable(maxTags) }), result: nothing },
  mappings: {
    params: v.object({
      text: name,
      show: v.picklist(['all', 'mapped', 'ignored', 'unmapped']),
      offset: count,
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
    }),
    result: v.object({
      revision: count,
      total: count,
      /** Of each kind, whatever is shown. */
      counts: v.object({ mapped: count, ignored: count, unmapped: count }),
      rows: v.array(MappingRow),
    }),
  },
  setMapping: {
    params: v.object({
      provider: name,
      external: name,
      action: MappingAction,
      tag: v.nullable(name),
      dimension: v.nullable(name),
      factor,
    }),
    result: nothing,
  },
  tagRules: {
    params: nothing,
    result: v.object({
      aliases: v.array(v.object({ alias: v.string(), tag: v.string() })),
      implications: v.array(v.object({ tag: v.string(), implies: v.array(v.string()) })),
    }),
  },
  /** `tag` null takes the alias back. */
  setAlias: { params: v.object({ alias: name, tag: v.nullable(name) }), result: nothing },
  /** A tag brings these along; an empty list takes that back. A cycle is refused. */
  setImplications: {
    params: v.object({ tag: name, implies: v.pipe(v.array(name), v.maxLength(20)) }),
    result: nothing,
  },
  /** Asks for a CSV file. Null when the person thought better of it. */
  importMappings: { params: v.object({ replace: v.boolean() }), result: v.nullable(ImportReport) },
  exportMappings: { params: nothing, result: v.nullable(v.object({ file: v.string(), rows: count })) },
} as const satisfies Contract;
