import { NO_ANSWER } from '../../protocol/vocabulary';
import { ANSWER_OF, answerKeysSql, SCORE_OF, stagePolicy } from './answers';
import { decidedSql } from './decided';
import { ANCESTORS } from './implications';
import { MAX_TAGS } from './policyMatrix';
import { stageIds, type Session } from './session';

/** Raised whenever the same predictions, policy and decisions could give other tags: those stored are then made anew. */
export const DERIVE_VERSION = 1;

/** Answers that reach their threshold, of tags nobody decided about: of several providers the surest. */
const SUGGESTED = (samples: string | null) => `
  CREATE OR REPLACE TEMP TABLE suggested AS
  SELECT said.sample_id, a.tag_id, max(said.key) AS key, arg_max(said.run_id, said.key) AS run_id
  FROM (${answerKeysSql({ samples })}) said
  JOIN policy_answers a ON a.id = ${ANSWER_OF('said.key')}
  WHERE ${SCORE_OF('said.key')} >= a.threshold AND a.tag <> '${NO_ANSWER}'
    AND NOT EXISTS (FROM decided d WHERE d.sample_id = said.sample_id AND d.tag = a.tag)
  GROUP BY said.sample_id, a.tag_id`;

/** One answer to a single-answer question, and none where a person answered it. */
const ANSWERED = `
  CREATE OR REPLACE TEMP TABLE answered AS
  WITH named AS (
    SELECT s.sample_id, s.key, s.run_id, a.tag, a.dimension, a.single_answer
    FROM suggested s JOIN policy_answers a ON a.id = ${ANSWER_OF('s.key')}
  )
  SELECT sample_id, key, run_id, tag FROM named WHERE NOT single_answer
  UNION ALL
  SELECT sample_id, max(key), arg_max(run_id, key), arg_max(tag, key) FROM named n
  WHERE single_answer AND NOT EXISTS (
    FROM decided d
    WHERE d.sample_id = n.sample_id AND d.dimension = n.dimension AND d.action IN ('added', 'approved')
  )
  GROUP BY sample_id, dimension`;

/** What another suggestion, or a tag that a person gave, brings along is not worth suggesting. */
const REDUNDANT = `
  DELETE FROM answered WHERE EXISTS (
    FROM (
      SELECT sample_id, tag FROM answered
      UNION ALL SELECT sample_id, tag FROM decided WHERE action IN ('added', 'approved')
    ) child
    JOIN ancestors ON ancestors.tag = child.tag
    WHERE child.sample_id = answered.sample_id AND ancestors.ancestor = answered.tag)`;

const KEPT = `
  CREATE OR REPLACE TEMP TABLE kept AS
  SELECT s.sample_id, a.tag, a.dimension, a.model AS source, ${SCORE_OF('s.key')} AS confidence, s.run_id, a.auto_approve
  FROM (
    SELECT *, row_number() OVER (PARTITION BY sample_id ORDER BY key DESC) AS rank FROM answered
  ) s
  JOIN policy_answers a ON a.id = ${ANSWER_OF('s.key')}
  WHERE rank <= ${MAX_TAGS}`;

const DERIVED = `
  CREATE OR REPLACE TEMP TABLE derived AS
  SELECT sample_id, tag, dimension, source, confidence, run_id, NULL::INTEGER AS decision_id, NULL::VARCHAR AS implied_by
  FROM kept WHERE auto_approve
  UNION ALL
  SELECT sample_id, tag, dimension, 'person', 100, NULL, decision_id, NULL
  FROM decided WHERE action IN ('added', 'approved')`;

/** Whatever a tag implies comes along, unless a person decided otherwise. */
const IMPLIED = `
  INSERT INTO derived
  SELECT sample_id, ancestor, coalesce(t.dimension, child.dimension), child.source, child.confidence, child.run_id,
    child.decision_id, child.tag
  FROM (
    SELECT d.sample_id, i.ancestor,
      arg_min(d, (-d.confidence, d.tag)) AS child
    FROM derived d JOIN ancestors i ON i.tag = d.tag
    WHERE NOT EXISTS (FROM decided x WHERE x.sample_id = d.sample_id AND x.tag = i.ancestor)
      AND NOT EXISTS (FROM derived x WHERE x.sample_id = d.sample_id AND x.tag = i.ancestor)
    GROUP BY d.sample_id, i.ancestor
  )
  LEFT JOIN tags t ON t.name = ancestor`;

/** Rebuilds the tags of some samples (all of them: `null`). Part of the transaction that changed what they come from. */
export async function deriveTags(session: Session, ids: ArrayLike<number> | null): Promise<void> {
  const samples = ids === null ? null : 'touched';
  if (ids === null) await session.run('CREATE OR REPLACE TEMP TABLE touched AS SELECT id FROM samples');
  else await stageIds(session, 'touched', ids);
  await stagePolicy(session, samples);
  await session.run(`CREATE OR REPLACE TEMP TABLE decided AS ${decidedSql({ samples })}`);
  await session.run(SUGGESTED(samples));
  await session.run(ANSWERED);
  await session.run(ANCESTORS);
  await session.run(REDUNDANT);
  await session.run(KEPT);
  await session.run(DERIVED);
  await session.run(IMPLIED);
  for (const table of ['sample_tags', 'pending_suggestions']) {
    await session.run(
      ids === null
        ? `DELETE FROM ${table}`
        : `DELETE FROM ${table} USING touched WHERE touched.id = ${table}.sample_id`,
    );
  }
  await session.run('INSERT INTO sample_tags SELECT * FROM derived');
  await session.run(
    `INSERT INTO pending_suggestions
     SELECT sample_id, tag, dimension, source, confidence, run_id FROM kept WHERE NOT auto_approve`,
  );
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

/** Derives everything when the stored tags were derived by other rules than these. */
export async function ensureDerived(session: Session): Promise<void> {
  if (await isDerived(session)) return;
  await deriveTags(session, null);
  await session.run('UPDATE datasets SET derived_by = $1::INTEGER', [DERIVE_VERSION]);
}

/** Whether the stored tags were derived by the present rules. */
export async function isDerived(session: Session): Promise<boolean> {
  const { current } = await session.row<{ current: boolean }>(
    'SELECT coalesce(bool_and(derived_by = $1::INTEGER), true) AS current FROM datasets',
    [DERIVE_VERSION],
  );
  return current;
}
