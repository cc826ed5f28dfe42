import { stagePolicy } from './policyMatrix';

export { stagePolicy };

/** Scores count to nine decimals; the rest of the 63 bits of a key is the id of an answer. */
const SCORE_STEPS = 1_000_000_000;
const ID_BITS = 26;
const HIGHEST_ID = 2 ** ID_BITS - 1;

const STEPS = `round(least(p.score * n.factor, 100) * ${SCORE_STEPS})::BIGINT`;

/** Of a key: what was said, as `policy_answers.id`. */
export const ANSWER_OF = (key: string) => `(${HIGHEST_ID} - (${key} & ${HIGHEST_ID}))::INTEGER`;
export const SCORE_OF = (key: string) => `((${key} >> ${ID_BITS})::DOUBLE / ${SCORE_STEPS})`;

export interface AnswerScope {
  /** A temporary table with the `id`s of the samples, or null: all. */
  readonly samples: string | null;
}

/** Predictions `p` with what they stand for, `n`. */
function namedPredictions({ samples }: AnswerScope): string {
  const some = samples === null ? '' : `SEMI JOIN ${samples} ON ${samples}.id = p.sample_id`;
  return `predictions p ${some}
    JOIN policy_names n ON n.model = p.model AND n.said_dimension = p.dimension AND n.said_tag = p.tag`;
}

/**
 * What models say after the mapping, as `(sample_id, key, run_id)`: of each provider the best answer to a single-answer
 * question, `NO_ANSWER` among them, and each other tag of a dimension once. A key is score and answer in one number,
 * greater for the better answer and, of equal ones, for the first by name. Needs `stagePolicy`.
 */
export function answerKeysSql(scope: AnswerScope & { readonly fromThreshold: boolean }): string {
  const enough = scope.fromThreshold ? `WHERE ${STEPS} >= n.threshold * ${SCORE_STEPS}` : '';
  return `
    SELECT sample_id, max(key) AS key, arg_max(run_id, key) AS run_id
    FROM (
      SELECT p.sample_id, n.slot, p.run_id, (${STEPS} << ${ID_BITS}) + (${HIGHEST_ID} - n.id) AS key
      FROM ${namedPredictions(scope)} ${enough}
    )
    GROUP BY sample_id, slot`;
}

/** A score (0 to 100) as it stands in keys, for comparing without a rounding. */
export const AS_IN_KEY = (score: string) => `(${score} * ${SCORE_STEPS})`;
export const STEPS_OF = (key: string) => `(${key} >> ${ID_BITS})`;

/**
 * What models say after the mapping, of all scores and in words: `(sample_id, model, dimension, tag, score, run_id,
 * threshold, auto_approve)`, where the last two are what holds of such an answer. Needs `stagePolicy`.
 */
export function answersSql(scope: AnswerScope): string {
  return `
    SELECT said.sample_id, a.model, a.dimension, a.tag, ${SCORE_OF('said.key')} AS score, said.run_id,
      a.threshold, a.auto_approve
    FROM (${answerKeysSql({ ...scope, fromThreshold: false })}) said
    JOIN policy_answers a ON a.id = ${ANSWER_OF('said.key')}`;
}
