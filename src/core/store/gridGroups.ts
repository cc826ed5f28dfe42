import { compileFamily } from '../filter/compileFilter';
import { OTHER_DIMENSION, REVIEW_STATES } from '../filter/filterFields';
import type { SqlParameters } from '../filter/sqlParameters';
import { ISSUE_FACET, ISSUES } from '../quality/issues';
import { stageIssues } from './qualityIssues';
import { OPEN_SAMPLES, stageReviewed } from './reviewStates';
import { REVIEW_FACET, SCALAR_FACETS, SOURCE_FACET } from './selectSamples';
import type { Session } from './session';
import { vocabulary } from './vocabulary';

const STATUS_ORDER = ['completed', 'processing', 'pending', 'failed', 'missing'];
/** Facets that are neither tags nor a column of samples. */
const OTHER_FACETS = [
  { name: ISSUE_FACET, title: 'Quality issues' },
  { name: SOURCE_FACET, title: 'Said by' },
  { name: REVIEW_FACET, title: 'Review' },
];

interface GroupSql {
  /** What to join to `samples s`. */
  readonly join: string;
  readonly value: string;
  /** Values in the order of their groups, as far as there is one. */
  readonly known: readonly string[];
}

/** Groups in the order of the vocabulary, then by name; those without a value last. */
export async function compileGroup(
  session: Session,
  groupBy: string,
  parameters: SqlParameters,
): Promise<{ join: string; value: string; order: string }> {
  const { join, value, known } = await groupSql(session, groupBy, parameters);
  const places = known.map((name) => parameters.add(name)).join(', ');
  return { join, value, order: `list_position([${places}]::VARCHAR[], ${value}) NULLS LAST, ${value} NULLS LAST` };
}

async function groupSql(session: Session, groupBy: string, parameters: SqlParameters): Promise<GroupSql> {
  const scalar = SCALAR_FACETS[groupBy];
  if (scalar) return { join: '', value: scalar.sql, known: groupBy === 'status' ? STATUS_ORDER : [] };
  switch (groupBy) {
    case SOURCE_FACET:
      return joined(SUREST_SOURCE, []);
    case REVIEW_FACET:
      await stageReviewed(session);
      return joined(REVIEW_STATE, REVIEW_STATES);
    case ISSUE_FACET:
      await stageIssues(session);
      return joined(
        FIRST_ISSUE,
        ISSUES.map(({ name }) => name),
      );
    default: {
      const tags = (await vocabulary(session)).find(({ name }) => name === groupBy)?.tags ?? [];
      const family = compileFamily(groupBy, parameters);
      return joined(
        `SELECT sample_id, arg_max(tag, (confidence, tag)) AS value FROM sample_tags WHERE ${family} GROUP BY sample_id`,
        tags,
      );
    }
  }
}

/** @param values a query for (sample_id, value), at most one row a sample */
function joined(values: string, known: readonly string[]): GroupSql {
  return { join: `LEFT JOIN (${values}) grouped ON grouped.sample_id = s.id`, value: 'grouped.value', known };
}

const SUREST_SOURCE = `
  SELECT sample_id, arg_max(source, (confidence, source)) AS value FROM sample_tags GROUP BY sample_id`;

/** A sample is open or done, not both. */
const REVIEW_STATE = `
  SELECT id AS sample_id, 'done' AS value FROM search_reviewed
  UNION ALL SELECT DISTINCT sample_id, 'open' FROM (${OPEN_SAMPLES})`;

/** Of several issues the first in the order in which they are listed. */
const FIRST_ISSUE = `
  SELECT id AS sample_id, CASE ${ISSUES.map(({ name }, bit) => `WHEN (issues & ${2 ** bit}) > 0 THEN '${name}'`).join(' ')} END
    AS value
  FROM search_issues`;

/** What samples can be grouped by: what some of them have a tag of, and the facets that every one has. */
export async function groupings(session: Session): Promise<{ name: string; title: string }[]> {
  const used = await session.rows<{ dimension: string }>('SELECT DISTINCT dimension FROM sample_tags');
  const names = new Set(used.map(({ dimension }) => dimension));
  const dimensions = (await vocabulary(session)).filter(({ name }) => names.delete(name));
  const other = names.size > 0 ? [{ name: OTHER_DIMENSION, title: 'Other' }] : [];
  const scalar = Object.entries(SCALAR_FACETS).map(([name, { title }]) => ({ name, title }));
  return [...dimensions.map(({ name, title }) => ({ name, title })), ...other, ...scalar, ...OTHER_FACETS];
}
