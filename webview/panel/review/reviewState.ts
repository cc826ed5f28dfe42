import * as v from 'valibot';
import { ReviewOrder } from '../../../src/protocol/reviewApi';

/** Where in the queue a person is: the suggestion, and how many undecided ones lie before it, should it be gone. */
const Position = v.object({ sampleId: v.number(), tag: v.string(), ahead: v.number() });
export type Position = v.InferOutput<typeof Position>;

const ReviewState = v.object({
  /** The tag whose suggestions are looked at, null for all. */
  tag: v.fallback(v.nullable(v.string()), null),
  provider: v.fallback(v.nullable(v.string()), null),
  /** Only images that pass the filter. */
  filtered: v.fallback(v.boolean(), false),
  order: v.fallback(ReviewOrder, 'useful'),
  /** `rates`: how suggestions turned out, instead of the queue. */
  mode: v.fallback(v.picklist(['grid', 'single', 'rates']), 'grid'),
  position: v.fallback(v.nullable(Position), null),
  /** The dataset that tag, provider and position belong to. */
  dataset: v.fallback(v.nullable(v.string()), null),
});

/** What the review remembers when its page is thrown away and rebuilt. Decisions are the host's as soon as made. */
export type ReviewState = v.InferOutput<typeof ReviewState>;

/** Takes whatever was saved, by this version or another; each part that it cannot understand becomes its default. */
export function readReviewState(saved: unknown): ReviewState {
  const isObject = typeof saved === 'object' && saved !== null;
  return v.parse(ReviewState, { ...emptyState, ...(isObject ? saved : {}) });
}

const emptyState: Record<keyof ReviewState, undefined> = {
  tag: undefined,
  provider: undefined,
  filtered: undefined,
  order: undefined,
  mode: undefined,
  position: undefined,
  dataset: undefined,
};
