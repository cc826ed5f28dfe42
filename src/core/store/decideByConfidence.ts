import type { Operation } from '../../protocol/tagApi';
import { decideStaged } from './decisions';
import { dropReview, stageReviewQueue, type ReviewScope } from './reviewQueue';
import type { Session } from './session';

export interface ConfidenceDecision extends ReviewScope {
  readonly action: 'approved' | 'rejected';
  /** 0 to 100. */
  readonly confidence: number;
}

/** Approves what is at least, or rejects what is below a confidence, as one operation. Null when there is none. */
export async function decideByConfidence(
  session: Session,
  { action, confidence, ...scope }: ConfidenceDecision,
): Promise<Operation | null> {
  try {
    await stageReviewQueue(session, scope);
    await session.run(
      `CREATE OR REPLACE TEMP TABLE to_decide AS
       SELECT sample_id, tag, dimension, '${action}' AS action FROM review_queue
       WHERE confidence ${action === 'approved' ? '>=' : '<'} $1::DOUBLE`,
      [confidence],
    );
    return await decideStaged(session);
  } finally {
    await dropReview(session);
  }
}
