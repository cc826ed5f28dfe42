import type { GridSort } from '../../protocol/gridSort';
import { wordsOf } from '../filter/filterExpression';
import { NO_RANK, type FilterLookup } from '../filter/filterLookup';
import type { SqlParameters } from '../filter/sqlParameters';
import { ISSUE_FACET } from '../quality/issues';
import type { SampleFilter } from '../sampleFilter';
import { REVIEW_FACET, SCALAR_FACETS, SOURCE_FACET } from './selectSamples';
import { UNIQUENESS_SQL } from './uniqueness';

/** What sorts samples: what to join to `samples s`, and what of that to sort by. */
interface SortSql {
  readonly joins: string;
  readonly column: string;
}

/** Measures that lie beside each sample, by what they sort by. */
const COLUMNS: Readonly<Record<Exclude<GridSort, 'relevance' | 'similarity' | 'confidence'>, string>> = {
  path: 's.path',
  captured: 's.captured_at',
  modified: 's.mtime_ms',
  size: 's.size',
  width: 's.width',
  height: 's.height',
  pixels: 's.width::BIGINT * s.height',
  aspect: 's.width / nullif(s.height, 0)',
  tags: 'len(s.tags)',
  lightness: 's.lightness',
  sharpness: 's.sharpness',
  noise: 's.noise',
  entropy: 's.entropy',
  chroma: 's.chroma',
  overexposed: 's.overexposed',
  uniqueness: UNIQUENESS_SQL,
};
const BY_PATH: SortSql = { joins: '', column: COLUMNS.path };

/** By what the filter does not give (no words, nothing looked alike, no tag picked) nothing is sorted: by path then. */
export function compileSort(
  sort: GridSort,
  filter: SampleFilter,
  lookup: FilterLookup,
  parameters: SqlParameters,
): SortSql {
  switch (sort) {
    case 'relevance':
      return byRelevance(filter, lookup);
    case 'similarity':
      // `selection` was staged with the filter: its rows are in the order of the scores
      return filter.scores
        ? {
            joins: 'LEFT JOIN (SELECT id, rowid AS place FROM selection) ranked ON ranked.id = s.id',
            column: 'ranked.place',
          }
        : BY_PATH;
    case 'confidence':
      return byConfidence(filter, parameters);
    default:
      return { joins: '', column: COLUMNS[sort] };
  }
}

/** The places where samples have the words of the filter, summed up. */
function byRelevance({ expression }: SampleFilter, lookup: FilterLookup): SortSql {
  const tables = [...new Set(wordsOf(expression).map(({ text, exact }) => lookup.wordTable(text, !exact)))];
  if (tables.length === 0) return BY_PATH;
  const joins = tables.map((table) => `LEFT JOIN ${table} ON ${table}.id = s.id`);
  return {
    joins: joins.join(' '),
    column: tables.map((table) => `coalesce(${table}.rank, ${NO_RANK})::INTEGER`).join(' + '),
  };
}

function byConfidence({ picks }: SampleFilter, parameters: SqlParameters): SortSql {
  const tags = pickedTags(picks);
  if (tags.length === 0) return BY_PATH;
  const places = tags.map((tag) => parameters.add(tag)).join(', ');
  const best = `SELECT sample_id, max(confidence) AS confidence FROM sample_tags WHERE tag IN (${places}) GROUP BY sample_id`;
  return { joins: `LEFT JOIN (${best}) sure ON sure.sample_id = s.id`, column: 'sure.confidence' };
}

function pickedTags(picks: SampleFilter['picks']): string[] {
  const others = [...Object.keys(SCALAR_FACETS), SOURCE_FACET, REVIEW_FACET, ISSUE_FACET];
  return Object.entries(picks).flatMap(([dimension, values]) => (others.includes(dimension) ? [] : values));
}
