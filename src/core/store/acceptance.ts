import { NO_ANSWER } from '../../protocol/vocabulary';
import { answersSql, stagePolicy } from './answers';
import { DECIDED_SQL } from './decided';
import { AGREES, dropReview, stageReviewQueue } from './reviewQueue';
import type { Session } from './session';

/** How the suggestions of one tag by one provider turned out. */
export interface Acceptance {
  readonly provider: string;
  readonly tag: string;
  readonly dimension: string;
  /** In force now, 0 to 100. */
  readonly threshold: number;
  readonly approved: number;
  readonly rejected: number;
  /** Of what waits for a person, whoever is surest of it. */
  readonly undecided: number;
}

/** By provider and tag, the most decided about first. What counts as decided is as in `stageJudged`. */
export async function acceptance(session: Session): Promise<Acceptance[]> {
  try {
    await stageReviewQueue(session, { tag: null, provider: null, filter: null });
    await stagePolicy(session);
    return await session.rows<Acceptance>(`
      WITH judged AS (
        SELECT sample_id, tag, action, false AS waits FROM (${DECIDED_SQL})
        UNION ALL SELECT sample_id, tag, NULL, true FROM review_queue
      )
      SELECT said.model AS provider, said.tag, said.dimension, max(said.threshold) AS threshold,
        count(*) FILTER (${AGREES('j.action')})::INTEGER AS approved,
        count(*) FILTER (NOT ${AGREES('j.action')})::INTEGER AS rejected,
        count(*) FILTER (j.waits)::INTEGER AS undecided
      FROM (${answersSql({ samples: 'review_samples' })}) said
      JOIN judged j ON j.sample_id = said.sample_id AND j.tag = said.tag
      WHERE said.tag <> '${NO_ANSWER}' AND (said.score >= said.threshold OR j.action IN ('approved', 'rejected'))
      GROUP BY said.model, said.tag, said.dimension
      ORDER BY approved + rejected DESC, undecided DESC, provider, said.tag`);
  } finally {
    await dropReview(session);
  }
}
