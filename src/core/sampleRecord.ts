import type { DecisionAction } from '../protocol/tagApi';

/** How far a sample is; `processing` only while a run has it in hand. */
export type TaggingStatus = 'pending' | 'processing' | 'completed' | 'failed';

/** One sample as lists and grids show it. */
export interface SampleRecord {
  readonly id: number;
  /** Relative to the dataset's folder, with slashes. */
  readonly path: string;
  readonly status: TaggingStatus;
  /** The file is gone; the row stays, with all that a person decided about it. */
  readonly missing: boolean;
  /** Why it failed, in words, or null. */
  readonly error: string | null;
  /** Displayed size in pixels, 0 while unknown. */
  readonly width: number;
  readonly height: number;
  readonly mtimeMs: number;
  /** In alphabetical order. */
  readonly tags: readonly string[];
}

/** A tag that a sample has, and who says so. */
export interface TagDetail {
  readonly tag: string;
  readonly dimension: string;
  /** `person`, or the model that said so. */
  readonly source: string;
  /** 0 to 100; 100 where a person said so. */
  readonly confidence: number;
  /** The run in which the model said so, or null. */
  readonly runId: number | null;
  /** When the run began or the person decided, ISO 8601 in UTC; null where that is not known. */
  readonly since: string | null;
  /** The tag that brought this one along, or null. */
  readonly impliedBy: string | null;
}

/** A suggestion that waits for a person. */
export interface PendingDetail {
  readonly tag: string;
  readonly dimension: string;
  /** The model that is surest of it. */
  readonly source: string;
  /** 0 to 100. */
  readonly confidence: number;
  readonly runId: number | null;
}

/** What a person decided last of a tag, by the name that the tag has now. */
export interface DecisionDetail {
  readonly tag: string;
  readonly dimension: string;
  readonly action: DecisionAction;
  /** ISO 8601 in UTC. */
  readonly madeAt: string;
}

/** What a model said, whether or not it became a tag. */
export interface PredictionDetail {
  readonly model: string;
  readonly dimension: string;
  readonly tag: string;
  /** 0 to 100. */
  readonly score: number;
  /** Least score at which it counts by now, of the rules for what it was said about. */
  readonly threshold: number;
}

/** What an image shows, in a model's words. */
export interface Caption {
  readonly model: string;
  readonly caption: string;
}

/** Numbers behind the built-in tags, null while not measured. Units as in the worker API's `Measures`. */
export interface StoredMeasures {
  readonly lightness: number | null;
  readonly sharpness: number | null;
  readonly noise: number | null;
  readonly entropy: number | null;
  readonly chroma: number | null;
  readonly overexposed: number | null;
}

/** Everything known of one sample. */
export interface SampleRecordDetail extends SampleRecord {
  /** Bytes. */
  readonly size: number;
  readonly format: string | null;
  /** ISO 8601 without zone. */
  readonly capturedAt: string | null;
  readonly camera: string | null;
  readonly contentHash: string | null;
  readonly measures: StoredMeasures;
  readonly tagDetails: readonly TagDetail[];
  /** Surest first. */
  readonly pending: readonly PendingDetail[];
  /** Those that are in force, the last one first. */
  readonly decisions: readonly DecisionDetail[];
  /** Of all models, best first; those below the threshold and `NO_ANSWER` included. */
  readonly predictions: readonly PredictionDetail[];
  readonly captions: readonly Caption[];
  /** Ids of other samples. */
  readonly duplicates: { readonly exact: readonly number[]; readonly near: readonly number[] };
}
