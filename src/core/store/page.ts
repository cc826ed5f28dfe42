import { SqlParameters } from '../filter/sqlParameters';
import type { SampleFilter } from '../sampleFilter';
import type { SampleRecord } from '../sampleRecord';
import { lookUp, type Correction } from './lookUp';
import { remember } from './remember';
import { compileConditions, compileWhere, includesMissing, joinConditions } from './selectSamples';
import { stageIds, type Session } from './session';
import { keptOrder, orderedSql, viewOrder, type Order } from './viewOrder';

export interface PageRequest extends Order {
  readonly offset: number;
  readonly limit: number;
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

/** Pages that end further down are read from the order of the whole view. */
const NEAR_ROWS = 1000;

/**
 * Samples without the value sorted by come last, either way; equal ones are in the order of their paths. By relevance
 * and by similarity the best come first, and last when descending.
 */
export async function page(session: Session, filter: SampleFilter, request: PageRequest): Promise<Page> {
  const { total, present } = await countAll(session);
  const { ids, matching } = await pageIds(session, filter, request);
  const { corrections } = await lookUp(session, filter.expression);
  return {
    total: includesMissing(filter) ? total : present,
    matching,
    rows: await samplesByIds(session, [...ids]),
    corrections,
  };
}

/** Ids first: sorting whole rows costs several times as much far down in the list. */
async function pageIds(
  session: Session,
  filter: SampleFilter,
  request: PageRequest,
): Promise<{ ids: Int32Array; matching: number }> {
  const { offset, limit, groupBy = null } = request;
  const isNear = offset + limit <= NEAR_ROWS && groupBy === null;
  const known = isNear ? await keptOrder(session, filter, request) : await viewOrder(session, filter, request);
  if (known) {
    const { ids } = known;
    return { ids: ids.subarray(offset, offset + limit), matching: ids.length };
  }
  const parameters = new SqlParameters();
  const conditions = await compileConditions(session, filter, parameters);
  const { matching } = await session.row<{ matching: number }>(
    `SELECT count(*)::INTEGER AS matching FROM samples s WHERE ${joinConditions(conditions)}`,
    parameters.values,
  );
  const ordered = await orderedSql(session, filter, conditions, request, parameters);
  const [most, first] = [parameters.add(limit), parameters.add(offset)];
  const ids = await session.integers(`${ordered} LIMIT ${most}::BIGINT OFFSET ${first}::BIGINT`, parameters.values);
  return { ids, matching };
}

/** All samples, and those whose files are there. */
function countAll(session: Session): Promise<{ total: number; present: number }> {
  const sql = `SELECT count(*)::INTEGER AS total, count(*) FILTER (NOT missing)::INTEGER AS present FROM samples`;
  return remember(session, 'sampleCounts', () => session.row(sql), 'files');
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
