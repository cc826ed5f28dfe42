import { answersSql, stagePolicy } from './answers';
import type { Session } from './session';

/** What another model's doubt is worth, beside the nearness to the threshold, which goes from 0 to 1. */
const DISAGREEMENT = 0.5;
/** What each doubling of the images that one decision helps with is worth, and the most that they are. */
const ALIKE = 0.1;
const MOST_ALIKE = 0.5;

/**
 * Stages `review_useful` (sample_id, tag, useful) for the rows of `review_queue`: how much a decision tells.
 *
 *     useful = 1 − (confidence − threshold) / (100 − threshold)    the nearer to the threshold, the less sure the model
 *            + 0.5 where another provider disagrees
 *            + min(0.5, 0.1 · log2(1 + alike))
 *
 * Another provider disagrees that gave another answer to the same single-answer question ("none of these" included), or
 * that looked at this sample, speaks of such tags, and did not give this one from its threshold on. `alike` counts the
 * exact and near duplicates in the queue that wait with the same tag.
 */
export async function stageUsefulness(session: Session): Promise<void> {
  await session.run('CREATE OR REPLACE TEMP TABLE queued_samples AS SELECT DISTINCT sample_id AS id FROM review_queue');
  await stagePolicy(session, 'queued_samples');
  await stageDisagreement(session);
  await stageAlike(session);
  await session.run(`
    CREATE OR REPLACE TEMP TABLE review_useful AS
    SELECT q.sample_id, q.tag,
      1 - least(1, greatest(0, q.confidence - coalesce(a.threshold, 50)) / greatest(1, 100 - coalesce(a.threshold, 50)))
      + CASE WHEN d.sample_id IS NULL THEN 0 ELSE ${DISAGREEMENT} END
      + least(${MOST_ALIKE}, ${ALIKE} * log2(1 + coalesce(k.alike, 0))) AS useful
    FROM review_queue q
    LEFT JOIN policy_answers a ON a.model = q.source AND a.dimension = q.dimension AND a.tag = q.tag
    LEFT JOIN queue_disagreed d ON d.sample_id = q.sample_id AND d.tag = q.tag
    LEFT JOIN queue_alike k ON k.sample_id = q.sample_id AND k.tag = q.tag`);
  for (const table of ['queued_samples', 'queue_disagreed', 'queue_alike', 'contested', 'contested_samples']) {
    await session.run(`DROP TABLE IF EXISTS temp.${table}`);
  }
}

/** Only questions that several providers answer can be contested; of most datasets that is few or none. */
async function stageDisagreement(session: Session): Promise<void> {
  await session.run(`
    CREATE OR REPLACE TEMP TABLE contested AS
    SELECT model, dimension, single_answer FROM (
      SELECT DISTINCT model, dimension, single_answer, count(DISTINCT model) OVER (PARTITION BY dimension) AS speakers
      FROM policy_answers
    ) WHERE speakers > 1`);
  await session.run(`
    CREATE OR REPLACE TEMP TABLE contested_samples AS
    SELECT DISTINCT sample_id AS id FROM review_queue WHERE dimension IN (SELECT dimension FROM contested)`);
  await session.run(`
    CREATE OR REPLACE TEMP TABLE queue_disagreed AS
    WITH said AS (
      SELECT * FROM (${answersSql({ samples: 'contested_samples' })}) WHERE dimension IN (SELECT dimension FROM contested)
    )
    SELECT q.sample_id, q.tag
    FROM review_queue q
    JOIN contested c ON c.dimension = q.dimension AND c.single_answer
    JOIN said ON said.sample_id = q.sample_id AND said.dimension = q.dimension AND said.model = c.model
    WHERE said.model <> q.source AND said.tag <> q.tag
    UNION
    SELECT q.sample_id, q.tag
    FROM review_queue q
    JOIN contested c ON c.dimension = q.dimension AND NOT c.single_answer AND c.model <> q.source
    SEMI JOIN taggings t ON t.sample_id = q.sample_id AND t.model = c.model
    ANTI JOIN said ON said.sample_id = q.sample_id AND said.model = c.model AND said.tag = q.tag
      AND said.score >= said.threshold`);
}

async function stageAlike(session: Session): Promise<void> {
  await session.run(`
    CREATE OR REPLACE TEMP TABLE queue_alike AS
    WITH copied AS (
      SELECT content_hash, size FROM samples SEMI JOIN queued_samples USING (id)
      WHERE content_hash IS NOT NULL GROUP BY content_hash, size HAVING count(*) > 1
    ), copies AS (
      SELECT q.sample_id, q.tag, count(*) OVER (PARTITION BY s.content_hash, s.size, q.tag) - 1 AS others
      FROM samples s JOIN copied USING (content_hash, size) JOIN review_queue q ON q.sample_id = s.id
    ), near AS (
      SELECT unnest([sample_a, sample_b]) AS one, unnest([sample_b, sample_a]) AS other
      FROM near_duplicates JOIN samples a ON a.id = sample_a JOIN samples b ON b.id = sample_b
      WHERE a.content_hash IS DISTINCT FROM b.content_hash
    ), resembling AS (
      SELECT q.sample_id, q.tag, count(*) AS others
      FROM near JOIN review_queue q ON q.sample_id = near.one
      JOIN review_queue o ON o.sample_id = near.other AND o.tag = q.tag
      GROUP BY q.sample_id, q.tag
    )
    SELECT sample_id, tag, sum(others)::INTEGER AS alike
    FROM (FROM copies UNION ALL FROM resembling) GROUP BY sample_id, tag`);
}
