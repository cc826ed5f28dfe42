import type { GridSort } from '../../protocol/viewShapes';
import { wordsOf } from '../filter/filterExpression';
import { NO_RANK, type FilterLookup } from '../filter/filterLookup';
import { SqlParameters } from '../filter/sqlParameters';
import type { SampleFilter } from '../sampleFilter';
import type { SampleRecord } from '../sampleRecord';
import type { Correction } from './lookUp';
import { remember } from './remember';
import { compileConditions, compileWhere, includesMissing, joinConditions } from './selectSamples';
import { stageIds, type Session } from './session';

export interface PageRequest {
  readonly offset: number;
  readonly limit: number;
  readonly sort: GridSort;
  readonly descending: boolean;
}

export interface Page {
  /** All samples; missing ones only when the filter asks for them. */
  readonly total: number;
  /** Those that pass the filter. */
  readonly matching: number;
  readonly rows: readonly SampleRecord[];
  /** Words that nothing has, with the ones looked for instead. */
  readonly corrections: readonly Correction[];
}

/** The columns of a SampleRecord, of `samples s`. */
export const RECORD_COLUMNS = `s.id, s.path, s.tagging_status AS status, s.missing, s.error, coalesce(s.width, 0) AS width,
  coalesce(s.height, 0) AS height, s.mtime_ms AS "mtimeMs", s.tags`;

const SORT_COLUMNS: Readonly<Record<Exclude<GridSort, 'relevance'>, string>> = {
  path: 's.path',
  lightness: 's.lightness',
  sharpness: 's.sharpness',
  size: 's.size',
  captured: 's.captured_at',
};

/**
 * Samples without the value sorted by come last, either way; equal ones are in the order of their paths. By relevance
 * the best come first, and last when descending.
 */
export async function page(session: Session, filter: SampleFilter, request: PageRequest): Promise<Page> {
  const parameters = new SqlParameters();
  const conditions = await compileConditions(session, filter, parameters);
  const where = joinConditions(conditions);
  const { total, present } = await countAll(session);
  const { matching } = await session.row<{ matching: number }>(
    `SELECT count(*)::INTEGER AS matching FROM samples s WHERE ${where}`,
    parameters.values,
  );
  const { lookup } = conditions;
  const { sort, descending, limit, offset } = request;
  const order = sort === 'relevance' ? byRelevance(filter, lookup) : { joins: '', column: SORT_COLUMNS[sort] };
  // Ids first: sorting whole rows costs several times as much far down in the list.
  const ids = await session.integers(
    `SELECT s.id FROM samples s ${order.joins} WHERE ${where}
     ORDER BY ${order.column} ${descending ? 'DESC' : 'ASC'} NULLS LAST, s.path, s.id
     LIMIT ${parameters.add(limit)}::BIGINT OFFSET ${parameters.add(offset)}::BIGINT`,
    parameters.values,
  );
  return {
    total: includesMissing(filter) ? total : present,
    matching,
    rows: await samplesByIds(session, [...ids]),
    corrections: lookup.corrections,
  };
}

/** All samples, and those whose files are there. */
function countAll(session: Session): Promise<{ total: number; present: number }> {
  const sql = `SELECT count(*)::INTEGER AS total, count(*) FILTER (NOT missing)::INTEGER AS present FROM samples`;
  return remember(session, 'sampleCounts', () => session.row(sql), 'files');
}

/** The places where samples have the words of the filter, summed up; by path where it has no words. */
function byRelevance({ expression }: SampleFilter, lookup: FilterLookup): { joins: string; column: string } {
  const tables = [...new Set(wordsOf(expression).map(({ text, exact }) => lookup.wordTable(text, !exact)))];
  if (tables.length === 0) return { joins: '', column: SORT_COLUMNS.path };
  const joins = tables.map((table) => `LEFT JOIN ${table} ON ${table}.id = s.id`);
  return {
    joins: joins.join(' '),
    column: tables.map((table) => `coalesce(${table}.rank, ${NO_RANK})::INTEGER`).join(' + '),
  };
}

/** Ids of the samples that pass the filter, in the order of their paths. */
export async function sampleIds(session: Session, filter: SampleFilter): Promise<Int32Array> {
  const parameters = new SqlParameters();
  const where = await compileWhere(session, filter, parameters);
  return session.integers(`SELECT s.id FROM samples s WHERE ${where} ORDER BY s.path, s.id`, parameters.values);
}

/** The samples with these ids, in this order; ids that do not exist are left out. */
export async function samplesByIds(session: Session, ids: readonly number[]): Promise<SampleRecord[]> {
  await stageIds(session, 'staged', ids);
  const rows = await session.rows<SampleRecord>(
    `SELECT ${RECORD_COLUMNS} FROM samples s SEMI JOIN staged ON staged.id = s.id`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
