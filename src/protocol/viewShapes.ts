import * as v from 'valibot';

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const sampleId = v.pipe(v.number(), v.integer(), v.minValue(1));
/** 0 to 100. */
export const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
export const nothing = v.null();

/** A provider or an embedder, by the name of its manifest and by what people call it. */
export const NamedModel = v.object({ name: v.string(), title: v.string() });
export type NamedModel = v.InferOutput<typeof NamedModel>;

/** The parts of the panel. */
export const PanelTabName = v.picklist(['images', 'duplicates', 'quality', 'review', 'tags', 'policy', 'runs']);
export type PanelTabName = v.InferOutput<typeof PanelTabName>;

export const SampleRow = v.object({
  id: sampleId,
  /** Path relative to the dataset, with slashes. */
  path: v.string(),
  status: v.picklist(['pending', 'processing', 'completed', 'failed']),
  missing: v.boolean(),
  error: v.nullable(v.string()),
  /** Displayed size in pixels, 0 when unknown. */
  width: count,
  height: count,
  tags: v.array(v.string()),
  /** Webview URI of the thumbnail, null when there is none yet (ask with `thumbnails`). */
  thumbnail: v.nullable(v.string()),
  /** Cosine to what was looked for, -1 to 1; null where the view is no answer to "what is similar". */
  similarity: v.nullable(v.number()),
});
export type SampleRow = v.InferOutput<typeof SampleRow>;

/** A word of the filter that nothing has, with the ones looked for instead. */
export const Correction = v.object({ typed: v.string(), used: v.array(v.string()) });
export type Correction = v.InferOutput<typeof Correction>;
