import type { ReviewOrder } from '../protocol/reviewApi';
import type { Operation } from '../protocol/tagApi';
import type { DatasetDoor } from './datasetDoor';
import { acceptance, type Acceptance } from './store/acceptance';
import { decideByConfidence, type ConfidenceDecision } from './store/decideByConfidence';
import { reviewItems, type ReviewItems } from './store/reviewItems';
import type { ReviewScope } from './store/reviewQueue';
import { reviewTags, type ReviewTags } from './store/reviewTags';
import { scores, type ScoreHistogram, type ScoreScope } from './store/scores';

export type { Acceptance } from './store/acceptance';
export type { ReviewItems } from './store/reviewItems';
export type { ReviewScope } from './store/reviewQueue';
export type { ReviewTags } from './store/reviewTags';
export type { ScoreHistogram } from './store/scores';

/** Suggestions that a person has not decided about yet, and how those decided about turned out. */
export class Review {
  constructor(private readonly door: DatasetDoor) {}

  /** How far the review is, by tag. */
  tags(scope: Omit<ReviewScope, 'tag'>): Promise<ReviewTags> {
    return this.door.read((session) => reviewTags(session, scope));
  }

  /** All that waits, in this order; `useful` as `stageUsefulness` has it. */
  items(scope: ReviewScope & { readonly order: ReviewOrder }): Promise<ReviewItems> {
    return this.door.read((session) => reviewItems(session, scope));
  }

  /** Approves what is at least, or rejects what is below a confidence, as one operation. Null when there is none. */
  decideByConfidence(decision: ConfidenceDecision): Promise<Operation | null> {
    return this.door.write((session) => decideByConfidence(session, decision), 'tags');
  }

  /** How often each score was given: what a threshold would accept follows without asking a model. */
  scores(scope: ScoreScope): Promise<ScoreHistogram> {
    return this.door.read((session) => scores(session, scope));
  }

  /** How suggestions turned out, by provider and tag, the most decided about first. */
  acceptance(): Promise<Acceptance[]> {
    return this.door.read(acceptance);
  }
}
