import { NO_ANSWER } from '../../protocol/vocabulary';
import { DEFAULT_MAX_TAGS, DEFAULT_THRESHOLD } from '../policy';
import { remember } from './remember';
import type { Session } from './session';

/** The most tags that an image gets from models. */
export const MAX_TAGS = `(SELECT coalesce(
  (SELECT max_tags FROM policies WHERE origin = 'dataset' AND provider = '' AND dimension = ''),
  (SELECT max_tags FROM policies WHERE origin = 'settings' AND provider = '' AND dimension = ''),
  ${DEFAULT_MAX_TAGS}))`;

/** A name as names of models are compared with those in the mapping: in lower case, `_` a space. */
export function mappingKey(column: string): string {
  return `replace(lower(${column}), '_', ' ')`;
}

/** The least score that a model itself brings for a dimension, of the JSON in `models.thresholds`; NULL where none. */
export function ownThreshold(thresholds: string, dimension: string): string {
  return `coalesce((${thresholds} -> 'dimensions' ->> ${dimension})::DOUBLE, (${thresholds} ->> 'tag')::DOUBLE)`;
}

type RuleColumn = 'threshold' | 'auto_approve' | 'hold_unmapped';

/**
 * What holds of each pair of `pairs` (provider, dimension): the first rule that says something, from the most specific
 * of the dataset's to the most general of the settings'; NULL where none does.
 */
export function rulesSql(pairs: string, columns: readonly RuleColumn[]): string {
  const first = (column: RuleColumn) =>
    `arg_min(r.${column}, (r.origin <> 'dataset', r.provider = '', r.dimension = '')) FILTER (r.${column} IS NOT NULL)`;
  return `
    SELECT pair.provider, pair.dimension, ${columns.map((column) => `${first(column)} AS ${column}`).join(', ')}
    FROM ${pairs} pair
    LEFT JOIN policies r ON r.provider IN ('', pair.provider) AND r.dimension IN ('', pair.dimension)
    GROUP BY pair.provider, pair.dimension`;
}

/**
 * What counts for answers of each pair of `pairs` (provider, dimension), whether by a rule, by the model itself or by
 * default: `(provider, dimension, threshold, auto_approve)`, the threshold 0 to 100.
 */
export function limitsSql(pairs: string): string {
  return `
    SELECT r.provider, r.dimension,
      coalesce(r.threshold, ${ownThreshold('m.thresholds', 'r.dimension')}, ${DEFAULT_THRESHOLD}) AS threshold,
      coalesce(r.auto_approve, true) AS auto_approve
    FROM (${rulesSql(pairs, ['threshold', 'auto_approve'])}) r LEFT JOIN models m ON m.name = r.provider`;
}

/**
 * What becomes of each name that a model said, wherever: mapping, then alias; what is ignored, held back, deleted or of a
 * dimension out of use has no row. A name that was changed belongs to the dimension of its tag.
 */
const resolveSql = (said: string) => `
  CREATE OR REPLACE TEMP TABLE policy_resolved AS
  WITH said AS MATERIALIZED (
    ${said}
  ), rules AS (
    ${rulesSql('(SELECT DISTINCT model AS provider, dimension FROM said)', ['hold_unmapped'])}
  ), mapping AS (
    SELECT DISTINCT ON (provider, name) provider, ${mappingKey('external_tag')} AS name,
      {action: action, tag: tag, dimension: dimension, factor: coalesce(factor, 1)} AS target
    FROM tag_mappings ORDER BY external_tag
  ), mapped AS (
    SELECT s.model, s.dimension AS said_dimension, s.tag AS said_tag,
      CASE WHEN s.tag <> '${NO_ANSWER}' THEN coalesce(own.target, general.target) END AS target
    FROM said s
    LEFT JOIN mapping own ON own.provider = s.model AND own.name = ${mappingKey('s.tag')}
    LEFT JOIN mapping general ON general.provider = '' AND general.name = ${mappingKey('s.tag')}
  ), named AS (
    SELECT mapped.*, coalesce(known.alias_of, known.name, target.tag, said_tag) AS tag, known.name IS NULL AS unknown
    FROM mapped LEFT JOIN tags known
      ON known.name = coalesce(target.tag, said_tag) AND said_tag <> '${NO_ANSWER}'
  )
  SELECT n.model, n.said_dimension, n.said_tag, n.tag,
    coalesce(n.target.dimension,
      CASE WHEN n.target IS NOT NULL OR n.tag <> n.said_tag THEN t.dimension END, n.said_dimension) AS dimension,
    coalesce(n.target.factor, 1) AS factor
  FROM named n
  JOIN rules ON rules.provider = n.model AND rules.dimension = n.said_dimension
  LEFT JOIN tags t ON t.name = n.tag AND n.said_tag <> '${NO_ANSWER}'
  WHERE n.target.action IS DISTINCT FROM 'ignore' AND t.deleted_after IS NULL
    AND NOT (coalesce(rules.hold_unmapped, false) AND n.target IS NULL AND n.unknown AND n.said_tag <> '${NO_ANSWER}')`;

/**
 * Ids rise with tag, model and dimension, so that the greatest key is the best answer, and of two the first by name. Of
 * one `slot` a provider gives one answer, of one `question` a sample has one: a single-answer dimension, or a tag.
 */
const ANSWERS = `
  CREATE OR REPLACE TEMP TABLE policy_answers AS
  WITH pairs AS (SELECT DISTINCT model AS provider, dimension FROM policy_resolved), limits AS (${limitsSql('pairs')})
  SELECT row_number() OVER (ORDER BY a.tag, a.model, a.dimension)::INTEGER AS id, a.model, a.dimension, a.tag,
    dense_rank() OVER (ORDER BY a.tag)::INTEGER AS tag_id,
    coalesce(d.single_answer, false) AS single_answer,
    dense_rank() OVER (ORDER BY CASE WHEN d.single_answer THEN NULL ELSE a.tag END NULLS FIRST,
      CASE WHEN d.single_answer THEN a.dimension END)::INTEGER AS question,
    limits.threshold, limits.auto_approve,
    dense_rank() OVER (
      ORDER BY a.model, a.dimension, CASE WHEN coalesce(d.single_answer, false) THEN '' ELSE a.tag END
    )::INTEGER AS slot
  FROM (SELECT DISTINCT model, dimension, tag FROM policy_resolved) a
  JOIN limits ON limits.provider = a.model AND limits.dimension = a.dimension
  LEFT JOIN dimensions d ON d.name = a.dimension
  WHERE coalesce(d.in_use, true)`;

const NAMES = `
  CREATE OR REPLACE TEMP TABLE policy_names AS
  SELECT r.model, r.said_dimension, r.said_tag, a.id, a.slot, r.factor, a.threshold, a.auto_approve
  FROM policy_resolved r JOIN policy_answers a USING (model, dimension, tag)`;

/**
 * Makes the temporary tables that say what each answer of a model stands for: `policy_names`, by what was said, and
 * `policy_answers`, by id. They hold until mappings, aliases, rules, dimensions or predictions change.
 * @param samples a temporary table with the `id`s of the only samples whose predictions matter; null: all.
 */
export async function stagePolicy(session: Session, samples: string | null = null): Promise<void> {
  const some = samples === null ? '' : `SEMI JOIN ${samples} ON ${samples}.id = predictions.sample_id`;
  await stageResolved(session, `${SAID} ${some}`);
}

/** The same of all samples, in a write that leaves alone what models said. */
export async function stagePolicyOfKnown(session: Session): Promise<void> {
  await remember(
    session,
    'known_names',
    () => session.run(`CREATE OR REPLACE TEMP TABLE known_names AS ${SAID}`),
    'files',
  );
  await stageResolved(session, 'FROM known_names');
}

/** What models said, each once. */
const SAID = 'SELECT DISTINCT model, dimension, tag FROM predictions';

async function stageResolved(session: Session, said: string): Promise<void> {
  await session.run(resolveSql(said));
  await session.run(ANSWERS);
  await session.run(NAMES);
}
