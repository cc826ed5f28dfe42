import * as v from 'valibot';
import type { Contract } from './rpc';
import { Operation } from './tagApi';
import { count, nothing, sampleId } from './viewShapes';

/** The most images that a page holds of one group: laid side by side, more are too many to compare. */
export const IMAGES_SHOWN = 24;

/** What tells that two images are alike, besides models, which have names of their own. */
export const FOUND_BY = { signCode: 'sign-code', perceptualHash: 'perceptual-hash' } as const;

/** Which groups of duplicates. */
export const GroupQuery = v.object({
  /** Of the same bytes, of alike looks, or (null) both. */
  kind: v.nullable(v.picklist(['exact', 'near'])),
  /** Only those that span splits of the dataset. */
  leaks: v.boolean(),
  /** Only those in which not exactly one image is to be kept. */
  open: v.boolean(),
  /** Only those of which an image passes the filter. */
  filtered: v.boolean(),
});
export type GroupQuery = v.InferOutput<typeof GroupQuery>;

export const DuplicateImage = v.object({
  id: sampleId,
  /** Relative to the dataset, with slashes. */
  path: v.string(),
  /** Pixels, 0 while unknown. */
  width: count,
  height: count,
  format: v.nullable(v.string()),
  /** Bytes. */
  size: count,
  sharpness: v.nullable(v.number()),
  tags: v.array(v.string()),
  /**
   * What told that it is like the middle of the group: `sign-code`, `perceptual-hash` or the title of a model; null for the
   * middle and for its copies.
   */
  foundBy: v.nullable(v.string()),
  /** How much, in percent: equal bits of their codes, or the cosine of their vectors. */
  likeness: v.number(),
  /** How it is mirrored or turned against the middle, or null. */
  transform: v.nullable(v.string()),
  /** `train`, `val`, `test` or null. */
  split: v.nullable(v.string()),
  /** A person said that it is to go. */
  toRemove: v.boolean(),
  /** Webview URI, null when there is none yet. */
  thumbnail: v.nullable(v.string()),
});
export type DuplicateImage = v.InferOutput<typeof DuplicateImage>;

export const DuplicateGroup = v.object({
  id: count,
  kind: v.picklist(['exact', 'near']),
  /** Images in it, of which `images` holds at most `IMAGES_SHOWN`, and always the one to keep. */
  size: count,
  /** Images in it that a person said are to go. */
  marked: count,
  /** Of the one least like the middle. */
  foundBy: v.nullable(v.string()),
  likeness: v.number(),
  /** The splits that it spans, if any. */
  splits: v.array(v.string()),
  images: v.array(DuplicateImage),
  /** Which of `images` is best to keep, and why, in words. */
  best: v.object({ id: sampleId, reason: v.string() }),
});
export type DuplicateGroup = v.InferOutput<typeof DuplicateGroup>;

/** Groups of duplicates, what to keep of them, and what goes. */
export const duplicatesApi = {
  duplicateGroups: {
    params: v.object({
      ...GroupQuery.entries,
      offset: count,
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
    }),
    result: v.object({
      revision: count,
      /** Of all groups: those of the same bytes, those of alike looks, those that span splits. */
      exact: count,
      near: count,
      leaks: count,
      /** Of those asked for: how many, their images, and how many of these could go. */
      groups: count,
      images: count,
      spare: count,
      /** Files that a person marked and of whose group another one stays. */
      removable: count,
      rows: v.array(DuplicateGroup),
    }),
  },
  /** Marks all images of these groups but the one to keep, as one operation. Null when nothing changes by it. */
  keepOfGroups: {
    params: v.object({
      choices: v.pipe(v.array(v.object({ group: count, keep: sampleId })), v.minLength(1), v.maxLength(1000)),
    }),
    result: v.nullable(Operation),
  },
  /** The same for all groups asked for, keeping the best of each. */
  keepBestOfAll: { params: GroupQuery, result: v.nullable(Operation) },
  /** Asks where to, and writes the groups asked for with what is kept of each. Null when the person thought better of it. */
  exportDuplicates: { params: GroupQuery, result: v.nullable(v.object({ file: v.string(), images: count })) },
  /**
   * Asks once more, then moves the marked files to the system's trash. Null when the person thought better of it.
   * Rejects with UserError `no-trash`, `untrusted` or `nothing-to-remove`.
   */
  trashDuplicates: {
    params: nothing,
    result: v.nullable(
      v.object({
        moved: count,
        failed: v.array(v.object({ path: v.string(), reason: v.string() })),
        /** Marked, and left where they are, as nothing of their group would be left. */
        kept: count,
      }),
    ),
  },
} as const satisfies Contract;
