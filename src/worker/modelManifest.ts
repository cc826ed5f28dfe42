import * as v from 'valibot';

const ModelManifest = v.object({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9-]+$/)),
  title: v.string(),
  /** Raised whenever the same image could be answered differently. */
  revision: v.string(),
  task: v.picklist(['tagging', 'embedding']),
  licence: v.string(),
  /** What it is good for and what not, for people. */
  goodFor: v.string(),
  notFor: v.string(),
  /** Tags it can give, by dimension. */
  labels: v.optional(v.record(v.string(), v.array(v.string())), {}),
  /** Numbers its decisions hang on; each provider knows its own. */
  thresholds: v.optional(v.record(v.string(), v.number()), {}),
  /** Length of its vectors. */
  vectorLength: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
});
/** The manifest of a model: data in `models/NAME.json`, nothing executable. */
export type ModelManifest = v.InferOutput<typeof ModelManifest>;

/** @throws an error that names the field that is wrong. */
export function readManifest(json: unknown): ModelManifest {
  return v.parse(ModelManifest, json);
}
