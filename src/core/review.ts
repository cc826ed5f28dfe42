import type { ReviewOrder, ReviewTag } from '../protocol/reviewApi';
import type { Operation } from '../protocol/tagApi';
import type { DatasetDoor } from './datasetDoor';
import type { SampleFilter } from './sampleFilter';

/** Which suggestions are looked at; null: of all. Samples whose file is missing stay out, whatever the filter says. */
export interface ReviewScope {
  readonly tag: string | null;
  readonly provider: string | null;
  readonly filter: SampleFilter | null;
}

/** How far the review is. */
export interface ReviewTags {
  readonly undecided: number;
  readonly decided: number;
  /** Samples that have suggestions, decided or not, and those of them that have none left to decide about. */
  readonly samples: number;
  readonly samplesDone: number;
  /** Most undecided first. */
  readonly tags: ReviewTag[];
  /** Whose suggestions there are, by name, whatever provider is looked at. */
  readonly providers: string[];
}

/** The queue, as parallel arrays: `tags[i]` indexes `tagNames`, `providers[i]` `providerNames`. */
export interface ReviewItems {
  readonly ids: Int32Array;
  /** 0 to 100. */
  readonly confidences: Float32Array;
  readonly tags: Int32Array;
  readonly tagNames: string[];
  readonly providers: Uint8Array;
  readonly providerNames: string[];
  /** 1 where it is a tag already because the policy approves it. */
  readonly inUse: Uint8Array;
}

/** How often each whole score was given, at 0 to 100, rounded down, and how people decided about those. */
export interface ScoreHistogram {
  readonly given: Int32Array;
  readonly approved: Int32Array;
  readonly rejected: Int32Array;
}

/** How the suggestions of one tag by one provider turned out. */
export interface Acceptance {
  readonly provider: string;
  readonly tag: string;
  readonly dimension: string;
  /** In force now, 0 to 100. */
  readonly threshold: number;
  readonly approved: number;
  readonly rejected: number;
  readonly undecided: number;
}

const LATER = () => Promise.reject(new Error('not written yet'));

/** Suggestions that a person has not decided about yet, and how those decided about turned out. */
export class Review {
  constructor(private readonly door: DatasetDoor) {}

  tags(_scope: Omit<ReviewScope, 'tag'>): Promise<ReviewTags> {
    return LATER();
  }

  items(_scope: ReviewScope & { readonly order: ReviewOrder }): Promise<ReviewItems> {
    return LATER();
  }

  decideByConfidence(
    _scope: ReviewScope & { readonly action: 'approved' | 'rejected'; readonly confidence: number },
  ): Promise<Operation | null> {
    return LATER();
  }

  scores(_scope: ReviewScope & { readonly dimension: string | null }): Promise<ScoreHistogram> {
    return LATER();
  }

  acceptance(): Promise<Acceptance[]> {
    return LATER();
  }
}
