import { splitSql } from '../duplicates/splits';
import { asksForMissing, compileDimension, compileFilter, compileReview } from '../filter/compileFilter';
import type { FilterLookup } from '../filter/filterLookup';
import type { SqlParameters } from '../filter/sqlParameters';
import { ISSUE_FACET } from '../quality/issues';
import type { SampleFilter } from '../sampleFilter';
import { lookUp, type LookedUp } from './lookUp';
import { compileIssues, stageIssues } from './qualityIssues';
import { stageReviewed } from './reviewStates';
import { stageIds, type Session } from './session';

/** What a sample's status facet says, and the other facets that are columns, over `samples s`. */
export const SCALAR_FACETS: Readonly<Record<string, { title: string; sql: string }>> = {
  status: { title: 'Status', sql: `CASE WHEN s.missing THEN 'missing' ELSE s.tagging_status END` },
  format: { title: 'Format', sql: 's.format' },
  folder: { title: 'Folder', sql: `CASE WHEN contains(s.path, '/') THEN split_part(s.path, '/', 1) ELSE '.' END` },
  split: { title: 'Split', sql: splitSql('s.path') },
};

/** Who gave a sample tags: a person, or a model by its name. */
export const SOURCE_FACET = 'source';
/** How far people have decided about a sample's suggestions: `open` or `done`. */
export const REVIEW_FACET = 'review';

/** A filter as conditions on `samples s`, which must all hold. Each is true or false, never NULL. */
export interface Conditions {
  /** Expression and selection. */
  readonly base: string;
  /** One for each facet dimension that has picks; `status` always has one, as missing samples stay out unasked. */
  readonly picks: ReadonlyMap<string, string>;
  /** What the words and tags of the expression mean. */
  readonly lookup: LookedUp;
}

/** Stages the selection (as temp table `selection`), so at most one filter is in use at a time. */
export async function compileConditions(
  session: Session,
  filter: SampleFilter,
  parameters: SqlParameters,
): Promise<Conditions> {
  const base = ['true'];
  const lookup = await lookUp(session, filter.expression);
  if (filter.expression) base.push(compileFilter(filter.expression, parameters, lookup));
  if (filter.selection) {
    await stageIds(session, 'selection', filter.selection);
    base.push('s.id IN (SELECT id FROM selection)');
  }
  const picks = new Map<string, string>();
  if (!asksForMissing(filter.expression)) picks.set('status', '(NOT s.missing)');
  for (const [dimension, values] of Object.entries(filter.picks)) {
    if (values.length === 0) continue;
    if (dimension === REVIEW_FACET) await stageReviewed(session);
    if (dimension === ISSUE_FACET) await stageIssues(session);
    picks.set(dimension, compilePicks(dimension, values, parameters, lookup));
  }
  return { base: base.join(' AND '), picks, lookup };
}

/** The filter as one condition on `samples s`. */
export async function compileWhere(session: Session, filter: SampleFilter, parameters: SqlParameters): Promise<string> {
  return joinConditions(await compileConditions(session, filter, parameters));
}

export function joinConditions({ base, picks }: Conditions): string {
  return [base, ...picks.values()].join(' AND ');
}

/** Whether missing samples count among the "of how many" of this filter. */
export function includesMissing(filter: SampleFilter): boolean {
  return asksForMissing(filter.expression) || (filter.picks['status'] ?? []).includes('missing');
}

function compilePicks(
  dimension: string,
  values: readonly string[],
  parameters: SqlParameters,
  lookup: FilterLookup,
): string {
  if (dimension === REVIEW_FACET) return compileReview(values);
  if (dimension === ISSUE_FACET) return compileIssues(values);
  if (dimension === SOURCE_FACET) {
    const rows = lookup.rowsOf(({ source }) => values.includes(source));
    return `(s.id IN (SELECT sample_id FROM derived_tags WHERE ${rows}))`;
  }
  const scalar = SCALAR_FACETS[dimension];
  if (!scalar) return compileDimension(dimension, values, lookup);
  const places = values.map((value) => parameters.add(value)).join(', ');
  return `coalesce(${scalar.sql} IN (${places}), false)`;
}
