import { VOCABULARY } from '../../protocol/vocabulary';
import { OTHER_DIMENSION } from '../filter/filterFields';
import { SqlParameters } from '../filter/sqlParameters';
import type { SampleFilter } from '../sampleFilter';
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

interface Row extends FacetValue {
  readonly dimension: string;
}

const MOST_FOLDERS = 50;

/** Tags of dimensions outside the vocabulary are shown together. */
const FAMILY = `CASE WHEN dimension IN (${VOCABULARY.map(({ name }) => `'${name}'`).join(', ')})
  THEN dimension ELSE '${OTHER_DIMENSION}' END`;

/** Every dimension with its values, counted with and without the filter. */
export async function facets(session: Session, filter: SampleFilter): Promise<Facets> {
  await materialize(session, filter);
  const { total, matching } = await session.row<{ total: number; matching: number }>(
    `SELECT count(*) FILTER ($1 OR NOT missing)::INTEGER AS total, count(*) FILTER (failing = '')::INTEGER AS matching
     FROM facet_samples`,
    [includesMissing(filter)],
  );
  const tags = await session.rows<Row>(`
    SELECT ${FAMILY} AS dimension, t.tag AS value,
      count(*) FILTER (NOT f.missing)::INTEGER AS total,
      count(*) FILTER (f.failing = '' OR f.failing = ${FAMILY})::INTEGER AS matching
    FROM sample_tags t JOIN facet_samples f ON f.id = t.sample_id
    GROUP BY ALL HAVING total > 0 OR matching > 0`);
  const scalars = await Promise.all(
    Object.entries(SCALAR_FACETS).map(([name, { title }]) => scalarFacet(session, name, title)),
  );
  return { total, matching, dimensions: [...tagFacets(tags), ...scalars] };
}

/**
 * Evaluates the filter once: `failing` is '' for a sample that passes, the dimension whose picks alone keep it out,
 * or NULL when more than that does. A facet then counts the first two without asking again.
 */
async function materialize(session: Session, filter: SampleFilter): Promise<void> {
  const parameters = new SqlParameters();
  const { base, picks } = await compileConditions(session, filter, parameters);
  const misses = [...picks].map(([dimension, condition]) => ({ name: parameters.add(dimension), condition }));
  const flags = misses.map(({ condition }, index) => `, NOT (${condition}) AS miss${index}`).join('');
  const count = misses.map((_, index) => ` + miss${index}::INTEGER`).join('');
  const which = misses.map(({ name }, index) => `WHEN miss${index} THEN ${name}`).join(' ');
  const scalars = Object.entries(SCALAR_FACETS).map(([name, { sql }]) => `${sql} AS ${name}`);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE facet_samples AS
     SELECT id, missing, ${Object.keys(SCALAR_FACETS).join(', ')},
       CASE WHEN NOT passes OR 0${count} > 1 THEN NULL ${which} ELSE '' END AS failing
     FROM (SELECT s.id, s.missing, ${scalars.join(', ')}, (${base}) AS passes${flags} FROM samples s)`,
    parameters.values,
  );
}

function tagFacets(rows: readonly Row[]): Facet[] {
  const found = (dimension: string) => rows.filter((row) => row.dimension === dimension);
  const known = VOCABULARY.map(({ name, title, tags, multiple }) => {
    const values = withUnseen(found(name), tags);
    const place = (value: string) => (tags.includes(value) ? tags.indexOf(value) : tags.length);
    values.sort((a, b) => (multiple ? b.total - a.total : 0) || place(a.value) - place(b.value) || byCount(a, b));
    return { name, title, values };
  });
  const other = found(OTHER_DIMENSION).map(toValue).sort(byCount);
  return other.length > 0 ? [...known, { name: OTHER_DIMENSION, title: 'Other', values: other }] : known;
}

function withUnseen(rows: readonly Row[], tags: readonly string[]): FacetValue[] {
  const unseen = tags.filter((tag) => !rows.some(({ value }) => value === tag));
  return [...rows.map(toValue), ...unseen.map((value) => ({ value, total: 0, matching: 0 }))];
}

async function scalarFacet(session: Session, name: string, title: string): Promise<Facet> {
  const values = await session.rows<FacetValue>(
    `SELECT ${name} AS value, count(*) FILTER (NOT missing OR $1 = 'status')::INTEGER AS total,
       count(*) FILTER (failing = '' OR failing = $1)::INTEGER AS matching
     FROM facet_samples WHERE ${name} IS NOT NULL
     GROUP BY ALL HAVING total > 0 OR matching > 0
     ORDER BY total DESC, value LIMIT ${MOST_FOLDERS}`,
    [name],
  );
  return { name, title, values };
}

function byCount(a: FacetValue, b: FacetValue): number {
  return b.total - a.total || (a.value < b.value ? -1 : 1);
}

function toValue({ value, total, matching }: Row): FacetValue {
  return { value, total, matching };
}
