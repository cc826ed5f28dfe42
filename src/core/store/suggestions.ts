import { NO_ANSWER } from '../../protocol/vocabulary';
import { ANSWER_OF, answerKeysSql, AS_IN_KEY, STEPS_OF } from './answers';
import { MAX_TAGS } from './policyMatrix';
import type { Session } from './session';

export interface DeriveScope {
  /** A temporary table with the `id`s of the samples, or null: all. */
  readonly samples: string | null;
  /** Whether some tag brings others along; then the table `ancestors` says which. */
  readonly implications: boolean;
  /** Where to read the answers of all samples from (`knownAnswers`); else from the predictions. */
  readonly known?: string;
}

/** What of the rules matters for the answers at hand: most of the work falls away where one provider says a thing. */
interface Circumstances {
  readonly decisions: boolean;
  /** `NO_ANSWER` can win. */
  readonly silence: boolean;
  /** Several providers, or one in several dimensions, say the same tag or answer the same question. */
  readonly shared: boolean;
  /** A tag answers a single-answer question here and is a tag among others there. */
  readonly mixed: boolean;
}

const CIRCUMSTANCES = `
  SELECT EXISTS (FROM decided) AS decisions, EXISTS (FROM policy_answers WHERE tag = '${NO_ANSWER}') AS silence,
    EXISTS (SELECT 1 FROM policy_answers GROUP BY question HAVING count(DISTINCT slot) > 1) AS shared,
    EXISTS (SELECT 1 FROM policy_answers WHERE tag <> '${NO_ANSWER}'
      GROUP BY tag_id HAVING count(DISTINCT question) > 1) AS mixed`;

/**
 * Makes the temporary table `suggested` (sample_id, key, run_id): answers that reach their threshold → those that nobody
 * decided about, of several providers the surest → one answer to a single-answer question, none where a person answered
 * it → without those that come along with another tag → the best N. Needs `policy_answers` and `decided`.
 */
export async function stageSuggestions(session: Session, { samples, implications, known }: DeriveScope): Promise<void> {
  const circumstances = await session.row<Circumstances>(CIRCUMSTANCES);
  const answers = known ? reachingSql(known) : answerKeysSql({ samples, fromThreshold: true });
  await session.run(`CREATE OR REPLACE TEMP TABLE suggested AS ${onePerQuestion(answers, circumstances)}`);
  if (implications) await session.run(WITHOUT_REDUNDANT);
  const { crowded } = await session.row<{ crowded: boolean }>(CROWDED);
  if (crowded) await session.run(KEEP_BEST);
}

/** Of `answers` (sample_id, key, run_id) those that reach their threshold. */
function reachingSql(answers: string): string {
  return `
    SELECT said.* FROM ${answers} said JOIN policy_answers a ON a.id = ${ANSWER_OF('said.key')}
    WHERE ${STEPS_OF('said.key')} >= ${AS_IN_KEY('a.threshold')}`;
}

/** Of `answers` (sample_id, key, run_id), each the only one to its question, those about which nobody has decided. */
export async function undecidedSql(session: Session, answers: string): Promise<string> {
  const circumstances = await session.row<Circumstances>(CIRCUMSTANCES);
  return onePerQuestion(answers, { ...circumstances, shared: false, mixed: false });
}

function onePerQuestion(answers: string, { decisions, silence, shared, mixed }: Circumstances): string {
  if (!decisions && !silence && !shared && !mixed) return answers;
  const conditions = ['true'];
  if (silence) conditions.push(`a.tag <> '${NO_ANSWER}'`);
  if (decisions) conditions.push('NOT EXISTS (FROM decided d WHERE d.sample_id = said.sample_id AND d.tag = a.tag)');
  const undecided = `
    SELECT said.sample_id, said.key, said.run_id, a.tag_id, a.question, a.dimension, a.single_answer
    FROM (${answers}) said JOIN policy_answers a ON a.id = ${ANSWER_OF('said.key')}
    WHERE ${conditions.join(' AND ')}`;
  const surest = `
    SELECT best.*, a.question, a.dimension, a.single_answer
    FROM (
      SELECT sample_id, max(key) AS key, arg_max(run_id, key) AS run_id FROM (${undecided}) GROUP BY sample_id, tag_id
    ) best JOIN policy_answers a ON a.id = ${ANSWER_OF('best.key')}`;
  const open = decisions ? `WHERE NOT single_answer OR NOT EXISTS (${ANSWERED_BY_PERSON})` : '';
  if (!shared && !mixed) return `SELECT sample_id, key, run_id FROM (${undecided}) s ${open}`;
  return `
    SELECT sample_id, max(key) AS key, arg_max(run_id, key) AS run_id FROM (${mixed ? surest : undecided}) s ${open}
    GROUP BY sample_id, question`;
}

const ANSWERED_BY_PERSON = `
  FROM decided d
  WHERE d.sample_id = s.sample_id AND d.dimension = s.dimension AND d.action IN ('added', 'approved')`;

/** What another suggestion, or a tag that a person gave, brings along is not worth suggesting. */
const WITHOUT_REDUNDANT = `
  CREATE OR REPLACE TEMP TABLE suggested AS
  WITH named AS (
    SELECT s.*, a.tag FROM suggested s JOIN policy_answers a ON a.id = ${ANSWER_OF('s.key')}
  ), brought AS (
    SELECT child.sample_id, i.ancestor AS tag
    FROM (
      SELECT sample_id, tag FROM named
      UNION ALL SELECT sample_id, tag FROM decided WHERE action IN ('added', 'approved')
    ) child JOIN ancestors i ON i.tag = child.tag
  )
  SELECT sample_id, key, run_id FROM named ANTI JOIN brought USING (sample_id, tag)`;

const CROWDED = `
  SELECT coalesce(max(tags) > ${MAX_TAGS}, false) AS crowded
  FROM (SELECT count(*) AS tags FROM suggested GROUP BY sample_id)`;

const KEEP_BEST = `
  CREATE OR REPLACE TEMP TABLE suggested AS
  SELECT * FROM suggested
  QUALIFY row_number() OVER (PARTITION BY sample_id ORDER BY key DESC) <= ${MAX_TAGS}`;
