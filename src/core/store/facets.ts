import { OTHER_DIMENSION, REVIEW_STATES, SPLITS } from '../filter/filterFields';
import { ISSUE_FACET, ISSUES } from '../quality/issues';
import type { SampleFilter } from '../sampleFilter';
import type { StoredDimension } from './dimensions';
import { countFacets, type ValueCount } from './facetCounts';
import type { Correction } from './lookUp';
import { REVIEW_FACET, SCALAR_FACETS, SOURCE_FACET } from './selectSamples';
import type { Session } from './session';
import { vocabulary } from './vocabulary';

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
  /** Words that nothing has, with the ones looked for instead. */
  readonly corrections: readonly Correction[];
}

type Counts = ReadonlyMap<string, ValueCount>;

const MOST_VALUES = 50;

/**
 * Every dimension with its values, counted with and without the filter. A family of tags without a vocabulary is there
 * once an image has one.
 */
export async function facets(session: Session, filter: SampleFilter): Promise<Facets> {
  const dimensions = await vocabulary(session);
  const gone = await goneTags(session);
  const { total, matching, values, corrections } = await countFacets(
    session,
    filter,
    dimensions.map(({ name }) => name),
  );
  return {
    total,
    matching,
    dimensions: [
      ...tagFacets(dimensions, values, gone),
      ...issueFacet(values),
      ...scalarFacets(values),
      ...originFacets(values),
    ],
    corrections,
  };
}

/** Names of the vocabulary under which nothing is to be found: they stand for another tag, or were deleted. */
async function goneTags(session: Session): Promise<ReadonlySet<string>> {
  const rows = await session.rows<{ name: string }>(
    'SELECT name FROM tags WHERE alias_of IS NOT NULL OR deleted_after IS NOT NULL',
  );
  return new Set(rows.map(({ name }) => name));
}

/** Single answers in the order of the vocabulary; families of tags the most frequent first. */
function tagFacets(
  dimensions: readonly StoredDimension[],
  counts: ReadonlyMap<string, Counts>,
  gone: ReadonlySet<string>,
): Facet[] {
  const all = dimensions.map(({ name, title, tags, multiple }) => {
    const found = valuesOf(counts.get(name));
    const unseen = tags.filter((tag) => !gone.has(tag) && !found.some(({ value }) => value === tag));
    const values = [...found, ...unseen.map((value) => ({ value, total: 0, matching: 0 }))];
    const place = (value: string) => (tags.includes(value) ? tags.indexOf(value) : tags.length);
    values.sort((a, b) => (multiple ? b.total - a.total : 0) || place(a.value) - place(b.value) || byCount(a, b));
    return { name, title, values };
  });
  const known = all.filter(({ values }) => values.length > 0);
  const other = valuesOf(counts.get(OTHER_DIMENSION));
  return other.length > 0 ? [...known, { name: OTHER_DIMENSION, title: 'Other', values: other.sort(byCount) }] : known;
}

/** Issues in their own order; there once an image has one. */
function issueFacet(counts: ReadonlyMap<string, Counts>): Facet[] {
  const values = valuesOf(counts.get(ISSUE_FACET));
  const place = ({ value }: FacetValue) => ISSUES.findIndex(({ name }) => name === value);
  values.sort((a, b) => place(a) - place(b));
  return values.length > 0 ? [{ name: ISSUE_FACET, title: 'Quality issues', values }] : [];
}

function scalarFacets(counts: ReadonlyMap<string, Counts>): Facet[] {
  const facets = Object.entries(SCALAR_FACETS).map(([name, { title }]) => ({
    name,
    title,
    values: valuesOf(counts.get(name)).sort(byCount).slice(0, MOST_VALUES),
  }));
  const split = facets.find(({ name }) => name === 'split');
  split?.values.sort((a, b) => SPLITS.indexOf(a.value) - SPLITS.indexOf(b.value));
  return facets.filter((facet) => facet !== split || facet.values.length > 0);
}

/** Who said so, and what is left to decide; both are there once an image has a tag. */
function originFacets(counts: ReadonlyMap<string, Counts>): Facet[] {
  const states = valuesOf(counts.get(REVIEW_FACET));
  states.sort((a, b) => REVIEW_STATES.indexOf(a.value) - REVIEW_STATES.indexOf(b.value));
  const facets = [
    { name: SOURCE_FACET, title: 'Said by', values: valuesOf(counts.get(SOURCE_FACET)).sort(byCount) },
    { name: REVIEW_FACET, title: 'Review', values: states },
  ];
  return facets.filter(({ values }) => values.length > 0);
}

/** Values that some sample has; of missing samples only those that the filter shows. */
function valuesOf(counts: Counts = new Map()): FacetValue[] {
  const values = [...counts].map(([value, sums]) => ({ value, ...sums }));
  return values.filter(({ total, matching }) => total > 0 || matching > 0);
}

function byCount(a: FacetValue, b: FacetValue): number {
  return b.total - a.total || (a.value < b.value ? -1 : 1);
}
