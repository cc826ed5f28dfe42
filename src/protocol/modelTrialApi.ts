import * as v from 'valibot';
import type { Contract } from './rpc';
import { count, percent } from './viewShapes';

/** What a model of a person's own says of a few images. Nothing of it is kept. */
export const ModelTrial = v.object({
  /** What it ran on, in words: "CPU". */
  device: v.string(),
  /** Why that is not what was asked for, in words, or null. */
  fallback: v.nullable(v.string()),
  images: v.array(
    v.object({
      /** Relative to the dataset, with slashes. */
      path: v.string(),
      /** A small picture as a `data:` URI, or null where the image cannot be read. */
      thumbnail: v.nullable(v.string()),
      /** Null where the image could not be used. */
      said: v.nullable(
        v.object({
          /** As displayed, in pixels. */
          width: count,
          height: count,
          /** Size of what went into the model. */
          seen: v.object({ width: count, height: count }),
          /** The likeliest first, however unlikely. */
          labels: v.array(v.object({ label: v.string(), score: percent })),
          /** Of a model that embeds, else null. */
          vectorLength: v.nullable(count),
        }),
      ),
      /** Why the image could not be used, in words, or null. */
      failure: v.nullable(v.string()),
    }),
  ),
});
export type ModelTrial = v.InferOutput<typeof ModelTrial>;

/** The calls about trying a model. */
export const modelTrialApi = {
  /**
   * Has a model of the folder's own look at five of its images.
   * Rejects with UserErrors: `model-unknown`, `own-model-invalid`, `model-unusable`, `no-images`, `busy`.
   */
  tryModel: { params: v.object({ name: v.string() }), result: ModelTrial },
} as const satisfies Contract;
