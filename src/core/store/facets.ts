import { OTHER_DIMENSION } from '../filter/filterFields';
import { SqlParameters } from '../filter/sqlParameters';
import type { SampleFilter } from '../sampleFilter';
import { readDimensions, type StoredDimension } from './dimensions';
import { compileConditions, includesMissing, SCALAR_FACETS } from './selectSamples';
import type { Session } from './session';

export interface FacetValue {
  readonly value: string;
  /** Samples that have it, of all. */
  readonly total: number;
  /** Samples that have it under the filter, the picks of its own dimension left aside. */
  readonly matching: number;
}

export interface Facet {
  readonly name: string;
  readonly title: string;
  readonly values: readonly FacetValue[];
}

export interface Facets {
  /** All samples; missing ones only when the filter asks for them. */
  readonly total: number;
  /** Those that pass the whole filter. */
  readonly matching: number;
  readonly dimensions: readonly Facet[];
}

/** Samples with the same values and the same fate under the filter. */
interface Group {
  readonly missing: boolean;
  /** 0: passes; n: only the picks of the n-th dimension that has some keep it out; ELIMINATED: more than that. */
  readonly fate: number;
  readonly count: number;
}

type Counts = Map<string, { total: number; matching: number }>;

const ELIMINATED = 255;
const MOST_VALUES = 50;

/**
 * Every dimension with its values, counted with and without the filter. A family of tags without a vocabulary is there
 * once an image has one.
 */
export async function facets(session: Session, filter: SampleFilter): Promise<Facets> {
  const vocabulary = await readDimensions(session);
  const picked = await settleFates(session, filter);
  const tags = await session.rows<Group & { dimension: string; tag: string }>(`
    SELECT t.dimension, t.tag, f.missing, f.fate, count(*)::INTEGER AS count
    FROM sample_tags t JOIN fates f ON f.id = t.sample_id GROUP BY ALL`);
  const columns = Object.entries(SCALAR_FACETS).map(([name, { sql }]) => `${sql} AS ${name}`);
  const scalars = await session.rows<Group & Record<string, string | null>>(`
    SELECT ${columns.join(', ')}, f.missing, f.fate, count(*)::INTEGER AS count
    FROM samples s JOIN fates f USING (id) GROUP BY ALL`);

  const known = new Set(vocabulary.map(({ name }) => name));
  const byDimension = new Map<string, Counts>();
  const count = (dimension: string, value: string, group: Group) => {
    const values = byDimension.get(dimension) ?? new Map<string, { total: number; matching: number }>();
    const sums = values.get(value) ?? { total: 0, matching: 0 };
    if (!group.missing || dimension === 'status') sums.total += group.count;
    if (group.fate === 0 || picked[group.fate - 1] === dimension) sums.matching += group.count;
    byDimension.set(dimension, values.set(value, sums));
  };
  for (const group of tags) count(known.has(group.dimension) ? group.dimension : OTHER_DIMENSION, group.tag, group);
  for (const group of scalars) {
    for (const name of Object.keys(SCALAR_FACETS)) {
      const value = group[name];
      if (value !== null && value !== undefined) count(name, value, group);
    }
  }
  return {
    ...countAll(scalars, filter),
    dimensions: [...tagFacets(vocabulary, byDimension), ...scalarFacets(byDimension)],
  };
}

/**
 * Evaluates the filter once, into the temp table `fates`: a facet then counts what passes and what only its own picks
 * keep out without asking again. Returns the dimensions that have picks, in the order in which fates number them.
 */
async function settleFates(session: Session, filter: SampleFilter): Promise<string[]> {
  const parameters = new SqlParameters();
  const { base, picks } = await compileConditions(session, filter, parameters);
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
  return [...picks.keys()];
}

function countAll(groups: readonly Group[], filter: SampleFilter): { total: number; matching: number } {
  const sum = (some: readonly Group[]) => some.reduce((total, group) => total + group.count, 0);
  return {
    total: sum(includesMissing(filter) ? groups : groups.filter(({ missing }) => !missing)),
    matching: sum(groups.filter(({ fate }) => fate === 0)),
  };
}

/** Single answers in the order of the vocabulary; families of tags the most frequent first. */
function tagFacets(vocabulary: readonly StoredDimension[], byDimension: ReadonlyMap<string, Counts>): Facet[] {
  const all = vocabulary.map(({ name, title, tags, multiple }) => {
    const found = valuesOf(byDimension.get(name));
    const unseen = tags.filter((tag) => !found.some(({ value }) => value === tag));
    const values = [...found, ...unseen.map((value) => ({ value, total: 0, matching: 0 }))];
    const place = (value: string) => (tags.includes(value) ? tags.indexOf(value) : tags.length);
    values.sort((a, b) => (multiple ? b.total - a.total : 0) || place(a.value) - place(b.value) || byCount(a, b));
    return { name, title, values };
  });
  const known = all.filter(({ values }) => values.length > 0);
  const other = valuesOf(byDimension.get(OTHER_DIMENSION));
  return other.length > 0 ? [...known, { name: OTHER_DIMENSION, title: 'Other', values: other.sort(byCount) }] : known;
}

function scalarFacets(byDimension: ReadonlyMap<string, Counts>): Facet[] {
  return Object.entries(SCALAR_FACETS).map(([name, { title }]) => ({
    name,
    title,
    values: valuesOf(byDimension.get(name)).sort(byCount).slice(0, MOST_VALUES),
  }));
}

/** Values that some sample has; of missing samples only those that the filter shows. */
function valuesOf(counts: Counts = new Map()): FacetValue[] {
  const values = [...counts].map(([value, sums]) => ({ value, ...sums }));
  return values.filter(({ total, matching }) => total > 0 || matching > 0);
}

function byCount(a: FacetValue, b: FacetValue): number {
  return b.total - a.total || (a.value < b.value ? -1 : 1);
}
