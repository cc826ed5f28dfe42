import type { ReviewTag } from '../../protocol/reviewApi';
import { stageJudged } from './judgedAnswers';
import { dropReview, stageReviewQueue, type ReviewScope } from './reviewQueue';
import type { Session } from './session';

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

export async function reviewTags(
  session: Session,
  { provider, filter }: Omit<ReviewScope, 'tag'>,
): Promise<ReviewTags> {
  try {
    await stageReviewQueue(session, { tag: null, provider: null, filter });
    await stageJudged(session);
    const providers = await session.rows<{ name: string }>(
      'SELECT source AS name FROM review_queue UNION SELECT model FROM review_judged ORDER BY name',
    );
    if (provider !== null) {
      await session.run('DELETE FROM review_queue WHERE source <> $1', [provider]);
      await session.run('DELETE FROM review_judged WHERE model <> $1', [provider]);
    }
    const tags = await session.rows<ReviewTag>(`
      WITH told AS (
        SELECT tag, dimension, 1 AS undecided, in_use::INTEGER AS in_use, 0 AS approved, 0 AS rejected FROM review_queue
        UNION ALL
        SELECT tag, min(dimension), 0, 0, bool_or(agreed)::INTEGER, (NOT bool_or(agreed))::INTEGER
        FROM review_judged GROUP BY sample_id, tag
      )
      SELECT tag, mode(dimension ORDER BY dimension) AS dimension, sum(undecided)::INTEGER AS undecided,
        sum(in_use)::INTEGER AS "inUse", sum(approved)::INTEGER AS approved, sum(rejected)::INTEGER AS rejected
      FROM told GROUP BY tag ORDER BY sum(undecided) DESC, sum(approved + rejected) DESC, tag`);
    const samples = await session.row<{ samples: number; samplesDone: number }>(`
      SELECT count(*)::INTEGER AS samples, count(*) FILTER (done)::INTEGER AS "samplesDone"
      FROM (
        SELECT sample_id, bool_and(done) AS done FROM (
          SELECT sample_id, false AS done FROM review_queue UNION ALL SELECT sample_id, true FROM review_judged
        ) GROUP BY sample_id
      )`);
    const sum = (pick: (tag: ReviewTag) => number) => tags.reduce((total, tag) => total + pick(tag), 0);
    return {
      undecided: sum((tag) => tag.undecided),
      decided: sum((tag) => tag.approved + tag.rejected),
      ...samples,
      tags,
      providers: providers.map(({ name }) => name),
    };
  } finally {
    await dropReview(session);
  }
}
