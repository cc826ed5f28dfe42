import { OTHER_DIMENSION } from '../filter/filterFields';
import { ISSUE_FACET, ISSUES } from '../quality/issues';
import { SqlParameters } from '../filter/sqlParameters';
import type { SampleFilter } from '../sampleFilter';
import { stageIssues } from './qualityIssues';
import { stageKinds } from './sampleKinds';
import { readOrigins, stageOrigins } from './sampleOrigins';
import type { Correction } from './lookUp';
import { compileConditions, includesMissing } from './selectSamples';
import type { Session } from './session';
import { namedSql, tagLexicon } from './tagLexicon';

/** How many samples have a value: of all, and under the filter without the picks of its own dimension. */
export interface ValueCount {
  readonly total: number;
  readonly matching: number;
}

export interface FacetCounts {
  /** All samples; missing ones only when the filter asks for them. */
  readonly total: number;
  /** Those that pass the whole filter. */
  readonly matching: number;
  /** By dimension (tags of unknown ones under `OTHER_DIMENSION`), then by value. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, ValueCount>>;
  readonly corrections: readonly Correction[];
}

/** Samples with the same values and the same fate under the filter. */
interface Group {
  /** Place in the list of kinds. */
  readonly kind: number;
  readonly missing: boolean;
  readonly fate: number;
  readonly origin: number;
  readonly count: number;
}

/** Of samples that more than one dimension's picks keep out, or the rest of the filter. */
const ELIMINATED = 255;

/** @param vocabulary names of the dimensions of tags that are known */
export async function countFacets(
  session: Session,
  filter: SampleFilter,
  vocabulary: readonly string[],
): Promise<FacetCounts> {
  const values = new Map<string, Map<string, { total: number; matching: number }>>();
  const sums = (dimension: string, value: string) => {
    const ofDimension = values.get(dimension) ?? new Map<string, { total: number; matching: number }>();
    values.set(dimension, ofDimension);
    const known = ofDimension.get(value) ?? { total: 0, matching: 0 };
    ofDimension.set(value, known);
    return known;
  };
  const familyOf = (dimension: string) => (vocabulary.includes(dimension) ? dimension : OTHER_DIMENSION);
  const { picked, corrections } = await settleFates(session, filter);
  for (const { dimension, tag, samples } of (await tagLexicon(session)).tags) {
    sums(familyOf(dimension), tag).total += samples;
  }
  for (const { dimension, tag, count } of await matchingTags(session, picked, familyOf)) {
    sums(familyOf(dimension), tag).matching += count;
  }
  const kinds = await stageKinds(session);
  const groups = await sampleGroups(session);
  const origins = await readOrigins(session);
  for (const group of groups) {
    const count = (dimension: string, value: string) => {
      const known = sums(dimension, value);
      if (!group.missing || dimension === 'status') known.total += group.count;
      if (group.fate === 0 || picked[group.fate - 1] === dimension) known.matching += group.count;
    };
    for (const [name, value] of Object.entries(kinds[group.kind])) if (value !== null) count(name, value);
    for (const { dimension, value, bit } of origins) if (hasBit(group.origin, bit)) count(dimension, value);
  }
  for (const { issues, missing, fate, count } of await issueGroups(session)) {
    for (const [bit, { name }] of ISSUES.entries()) {
      if ((issues & (2 ** bit)) === 0) continue;
      const known = sums(ISSUE_FACET, name);
      if (!missing) known.total += count;
      if (fate === 0 || picked[fate - 1] === ISSUE_FACET) known.matching += count;
    }
  }
  const all = includesMissing(filter) ? groups : groups.filter(({ missing }) => !missing);
  return { total: sum(all), matching: sum(groups.filter(({ fate }) => fate === 0)), values, corrections };
}

/**
 * Evaluates the filter once, into the temp table `fates`: a facet then counts what passes and what only its own picks
 * keep out without asking again. A fate of 0: passes; n: only the picks of the n-th dimension that has some keep it out.
 * Returns these dimensions, in the order in which fates number them.
 */
async function settleFates(
  session: Session,
  filter: SampleFilter,
): Promise<{ picked: readonly string[]; corrections: readonly Correction[] }> {
  const parameters = new SqlParameters();
  const { base, picks, lookup } = await compileConditions(session, filter, parameters);
  const conditions = [...picks.values()];
  const flags = conditions.map((condition, index) => `, NOT (${condition}) AS miss${index}`).join('');
  const misses = conditions.map((_, index) => ` + miss${index}::INTEGER`).join('');
  const which = conditions.map((_, index) => `WHEN miss${index} THEN ${index + 1}`).join(' ');
  await session.run(
    `CREATE OR REPLACE TEMP TABLE fates AS
     SELECT id, missing,
       (CASE WHEN NOT passes OR 0${misses} > 1 THEN ${ELIMINATED} ${which} ELSE 0 END)::UTINYINT AS fate
     FROM (SELECT s.id, s.missing, (${base}) AS passes${flags} FROM samples s)`,
    parameters.values,
  );
  return { picked: [...picks.keys()], corrections: lookup.corrections };
}

/** How many samples under the filter have each tag; of a tag's own dimension also those that only its picks keep out. */
async function matchingTags(
  session: Session,
  picked: readonly string[],
  familyOf: (dimension: string) => string,
): Promise<{ dimension: string; tag: string; count: number }[]> {
  const { names } = await tagLexicon(session);
  const own = picked.flatMap((dimension, index) => {
    const rows = names.filter((name) => familyOf(name.dimension) === dimension);
    return rows.length > 0 ? [`f.fate = ${index + 1} AND ${namedSql(rows)}`] : [];
  });
  const rows = await session.rows<{ id: number; count: number }>(
    `SELECT name_id AS id, count(*)::INTEGER AS count
     FROM derived_tags t JOIN (FROM fates WHERE fate <> ${ELIMINATED}) f ON f.id = t.sample_id
     WHERE NOT pending AND (${['f.fate = 0', ...own].join(' OR ')}) GROUP BY name_id`,
  );
  const byId = new Map(names.map((name) => [name.id, name]));
  return rows.map(({ id, count }) => ({ ...byId.get(id)!, count }));
}

async function sampleGroups(session: Session): Promise<Group[]> {
  await stageOrigins(session);
  return session.rows(
    `SELECT kind, coalesce(origin, 0)::DOUBLE AS origin, missing, fate, count
     FROM (
       SELECT k.kind, o.origin, f.missing, f.fate, count(*)::INTEGER AS count
       FROM search_kinds k JOIN fates f USING (id) LEFT JOIN search_origins o USING (id) GROUP BY ALL
     )`,
  );
}

async function issueGroups(
  session: Session,
): Promise<{ issues: number; missing: boolean; fate: number; count: number }[]> {
  await stageIssues(session);
  return session.rows(
    `SELECT issues, missing, fate, count(*)::INTEGER AS count FROM search_issues JOIN fates USING (id) GROUP BY ALL`,
  );
}

/** Bits beyond the 32nd are out of reach of JavaScript's own operators. */
function hasBit(bits: number, bit: number): boolean {
  return Math.floor(bits / 2 ** bit) % 2 === 1;
}

function sum(groups: readonly Group[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}
