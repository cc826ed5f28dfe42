import { NO_ANSWER } from '../../protocol/vocabulary';
import { ANSWER_OF, AS_IN_KEY, SCORE_OF, STEPS_OF } from './answers';
import { decidedSql } from './decided';
import { knownAnswers } from './knownAnswers';
import { MAX_TAGS } from './policyMatrix';
import type { Session } from './session';
import { undecidedSql } from './suggestions';
import { ANSWER_NAMES, nameAnswers, writeTexts } from './writeDerived';

/** Answers whose limits change, by the temporary table `new_limits`; to be made before those are taken over. */
const CHANGED_ANSWERS = `
  CREATE OR REPLACE TEMP TABLE changed_answers AS
  SELECT a.id, a.question, a.tag_id, least(a.threshold, now.threshold) AS lowest,
    greatest(a.threshold, now.threshold) AS highest, now.threshold > a.threshold AS rises,
    a.auto_approve <> now.auto_approve AS approved_otherwise
  FROM policy_answers a JOIN new_limits now ON now.provider = a.model AND now.dimension = a.dimension
  WHERE (a.threshold, a.auto_approve) IS DISTINCT FROM (now.threshold, now.auto_approve)`;

/**
 * Whether more becomes otherwise than the answers between two thresholds: where another answer takes the place of one
 * (of another provider, of another dimension), brings tags along, or is approved otherwise.
 */
const INTERTWINED = `
  SELECT EXISTS (FROM changed_answers WHERE approved_otherwise)
    OR EXISTS (FROM tags WHERE len(implies) > 0)
    OR EXISTS (SELECT 1 FROM policy_answers SEMI JOIN changed_answers USING (question)
      GROUP BY question HAVING count(DISTINCT slot) > 1)
    OR EXISTS (SELECT 1 FROM policy_answers SEMI JOIN changed_answers USING (tag_id) WHERE tag <> '${NO_ANSWER}'
      GROUP BY tag_id HAVING count(DISTINCT question) > 1) AS intertwined`;

/** Of `answers` (sample_id, key, run_id) those between the thresholds of before and of now. */
const crossingSql = (answers: string) => `
  SELECT said.* FROM ${answers} said JOIN changed_answers c ON c.id = ${ANSWER_OF('said.key')}
  WHERE ${STEPS_OF('said.key')} >= ${AS_IN_KEY('c.lowest')} AND ${STEPS_OF('said.key')} < ${AS_IN_KEY('c.highest')}`;

const stageCrossing = (answers: string) => `
  CREATE OR REPLACE TEMP TABLE crossing AS
  SELECT s.sample_id, s.key, s.run_id, c.rises
  FROM (${answers}) s JOIN changed_answers c ON c.id = ${ANSWER_OF('s.key')}`;

/**
 * Whether some sample has, or had, more suggestions than it may have tags: then others come up, or give way. One that has
 * just as many may have had more.
 */
const CROWDED = `
  SELECT coalesce(max(had + gained + lost) > ${MAX_TAGS}, false) AS crowded
  FROM (
    SELECT sample_id, count(*) FILTER (NOT rises) AS gained, bool_or(rises)::INTEGER AS lost
    FROM crossing GROUP BY sample_id
  ) change
  LEFT JOIN (
    SELECT sample_id, count(*) AS had FROM derived_tags WHERE decision_id IS NULL GROUP BY sample_id
  ) present USING (sample_id)`;

const TAKE_AWAY = `
  DELETE FROM derived_tags USING (
    SELECT c.sample_id, a.name_id FROM crossing c JOIN answer_names a ON a.id = ${ANSWER_OF('c.key')} WHERE c.rises
  ) lost
  WHERE lost.sample_id = derived_tags.sample_id AND lost.name_id = derived_tags.name_id`;

const GIVE = `
  INSERT INTO derived_tags
  SELECT c.sample_id, a.name_id, ${SCORE_OF('c.key')}, c.run_id, NULL, a.pending
  FROM crossing c JOIN answer_names a ON a.id = ${ANSWER_OF('c.key')}
  WHERE NOT c.rises`;

/** Notes which answers' limits change: part of a change of rules, before `policy_answers` has the new ones. */
export async function noteChangedAnswers(session: Session): Promise<void> {
  await session.run(CHANGED_ANSWERS);
}

/**
 * Takes away and gives just the tags whose score lies between the thresholds of before and of now. Needs
 * `noteChangedAnswers` of before, and `policy_names` of now. Does nothing and returns false where that is not all that
 * becomes otherwise.
 */
export async function deriveBetweenThresholds(session: Session): Promise<boolean> {
  const { intertwined } = await session.row<{ intertwined: boolean }>(INTERTWINED);
  if (intertwined) return false;
  await session.run(`CREATE OR REPLACE TEMP TABLE decided AS ${decidedSql({ samples: null })}`);
  const crossing = crossingSql(await knownAnswers(session));
  await session.run(stageCrossing(await undecidedSql(session, crossing)));
  const { crowded } = await session.row<{ crowded: boolean }>(CROWDED);
  if (crowded) return false;
  await nameAnswers(session);
  await session.run(ANSWER_NAMES);
  await session.run(TAKE_AWAY);
  await session.run(GIVE);
  await session.run('CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT sample_id AS id FROM crossing');
  await writeTexts(session, 'derived_tags', 'touched');
  return true;
}
