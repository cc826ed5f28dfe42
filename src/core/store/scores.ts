import { NO_ANSWER } from '../../protocol/vocabulary';
import { answersSql, stagePolicy } from './answers';
import { DECIDED_SQL } from './decided';
import { AGREES, dropReview, stageReviewSamples, type ReviewScope } from './reviewQueue';
import type { Session } from './session';

/** How often each whole score was given, at 0 to 100, rounded down, and how people decided about those. */
export interface ScoreHistogram {
  readonly given: Int32Array;
  readonly approved: Int32Array;
  readonly rejected: Int32Array;
}

export interface ScoreScope extends ReviewScope {
  readonly dimension: string | null;
}

const HIGHEST = 100;

/**
 * Scores after the mapping, of the best answer to each single-answer question, where that is not "none of these": what
 * a threshold would accept is the sum from it on.
 */
export async function scores(
  session: Session,
  { provider, dimension, tag, filter }: ScoreScope,
): Promise<ScoreHistogram> {
  try {
    await stageReviewSamples(session, filter);
    await stagePolicy(session, filter === null ? null : 'review_samples');
    const rows = await session.rows<{ score: number; given: number; approved: number; rejected: number }>(
      `SELECT least(${HIGHEST}, floor(said.score))::INTEGER AS score, count(*)::INTEGER AS given,
         count(*) FILTER (${AGREES('d.action')})::INTEGER AS approved,
         count(*) FILTER (NOT ${AGREES('d.action')})::INTEGER AS rejected
       FROM (${answersSql({ samples: 'review_samples' })}) said
       LEFT JOIN (${DECIDED_SQL}) d ON d.sample_id = said.sample_id AND d.tag = said.tag
       WHERE said.tag <> '${NO_ANSWER}' AND said.model = coalesce($1, said.model)
         AND said.dimension = coalesce($2, said.dimension) AND said.tag = coalesce($3, said.tag)
       GROUP BY ALL`,
      [provider, dimension, tag],
    );
    const histogram = {
      given: new Int32Array(HIGHEST + 1),
      approved: new Int32Array(HIGHEST + 1),
      rejected: new Int32Array(HIGHEST + 1),
    };
    for (const { score, given, approved, rejected } of rows) {
      histogram.given[score] = given;
      histogram.approved[score] = approved;
      histogram.rejected[score] = rejected;
    }
    return histogram;
  } finally {
    await dropReview(session);
  }
}
