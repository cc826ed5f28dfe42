import { NO_ANSWER } from '../../protocol/vocabulary';
import { DEFAULT_THRESHOLD } from '../policy';
import { stageIds, type Session } from './session';

const SINGLE_ANSWER = '(SELECT name FROM dimensions WHERE single_answer)';

/**
 * The policy, set-wise: predictions → threshold and mapping → one answer per provider to a single-answer question, "none
 * of these" among them, which gives no tag → decisions → the best N → what a person gave. Ties are broken by name, so
 * that the result depends on nothing else. Dimensions that the vocabulary no longer has give no tags.
 */
const DERIVE = `
  CREATE OR REPLACE TEMP TABLE derived AS
  WITH decided AS (
    SELECT d.sample_id, d.tag, arg_max(d.dimension, d.id) AS dimension, arg_max(d.action, d.id) AS action
    FROM decisions d SEMI JOIN touched ON touched.id = d.sample_id
    GROUP BY d.sample_id, d.tag
  ), suggested AS (
    SELECT p.sample_id, p.model, coalesce(m.dimension, p.dimension) AS dimension, coalesce(m.tag, p.tag) AS tag, p.score
    FROM predictions p
    SEMI JOIN touched ON touched.id = p.sample_id
    LEFT JOIN thresholds t ON t.provider = p.model
    LEFT JOIN tag_mappings m ON m.provider = p.model AND m.external_tag = p.tag
    WHERE p.score >= coalesce(t.threshold, ${DEFAULT_THRESHOLD}) AND m.action IS DISTINCT FROM 'ignore'
      AND coalesce(m.dimension, p.dimension) NOT IN (SELECT name FROM dimensions WHERE NOT in_use)
  ), answered AS (
    SELECT * FROM suggested WHERE dimension NOT IN ${SINGLE_ANSWER}
    UNION ALL
    SELECT sample_id, model, dimension, best.tag, best.score
    FROM (
      SELECT sample_id, model, dimension, arg_max({tag: tag, score: score}, {score: score, tag: tag}) AS best
      FROM suggested WHERE dimension IN ${SINGLE_ANSWER}
      GROUP BY sample_id, model, dimension
    )
  ), undecided AS (
    SELECT sample_id, tag, arg_max({dimension: dimension, source: model, confidence: score}, {score: score, model: model}) AS best
    FROM answered ANTI JOIN decided USING (sample_id, tag)
    WHERE tag <> '${NO_ANSWER}'
    GROUP BY sample_id, tag
  ), ranked AS (
    SELECT sample_id, tag, best, row_number() OVER (PARTITION BY sample_id ORDER BY best.confidence DESC, tag) AS rank
    FROM undecided
  )
  SELECT sample_id, tag, best.dimension AS dimension, best.source AS source, best.confidence AS confidence
  FROM ranked WHERE rank <= (SELECT max_tags FROM datasets)
  UNION ALL
  SELECT sample_id, tag, dimension, 'person', 100 FROM decided WHERE action IN ('added', 'approved')`;

/** Rebuilds the tags of some samples (all of them: `null`). Part of the transaction that changed what they come from. */
export async function deriveTags(session: Session, ids: ArrayLike<number> | null): Promise<void> {
  if (ids === null) await session.run('CREATE OR REPLACE TEMP TABLE touched AS SELECT id FROM samples');
  else await stageIds(session, 'touched', ids);
  await session.run(DERIVE);
  if (ids === null) await session.run('DELETE FROM sample_tags');
  else await session.run('DELETE FROM sample_tags USING touched WHERE touched.id = sample_tags.sample_id');
  await session.run('INSERT INTO sample_tags SELECT * FROM derived');
  await session.run(`
    UPDATE samples SET tags = fresh.tags
    FROM (
      SELECT touched.id, coalesce(lists.tags, []) AS tags
      FROM touched
      LEFT JOIN (SELECT sample_id, list(tag ORDER BY tag) AS tags FROM derived GROUP BY sample_id) lists
        ON lists.sample_id = touched.id
    ) fresh
    WHERE fresh.id = samples.id AND fresh.tags IS DISTINCT FROM samples.tags`);
}
