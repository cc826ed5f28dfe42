import { SqlParameters } from '../filter/sqlParameters';
import type { GridSort } from '../../protocol/gridSort';
import type { SampleFilter } from '../sampleFilter';
import { compileGroup } from './gridGroups';
import { compileSort } from './gridOrder';
import { compileConditions, joinConditions, type Conditions } from './selectSamples';
import type { Session } from './session';

export interface Order {
  readonly sort: GridSort;
  readonly descending: boolean;
  /** A dimension of tags, or `status`, `format`, `folder`; null for one list of all. */
  readonly groupBy?: string | null;
}

/** Samples with the same value lie together. Of several tags of a sample the surest counts. */
export interface SampleGroup {
  /** Null for samples without any. */
  readonly value: string | null;
  readonly count: number;
}

/** All samples of a view. */
export interface ViewOrder {
  readonly ids: Int32Array;
  /** One after the other along `ids`; empty where nothing is grouped. */
  readonly groups: readonly SampleGroup[];
}

const KEPT = 'viewOrder';

interface Kept {
  readonly key: string;
  readonly selection: Int32Array | null;
  readonly order: Promise<ViewOrder>;
}

/**
 * The ids of a whole view in its order: sorting a million samples anew for each page far down would take seconds.
 * Kept for the view asked for last, until something is written.
 */
export async function viewOrder(session: Session, filter: SampleFilter, order: Order): Promise<ViewOrder> {
  const known = await keptOrder(session, filter, order);
  if (known) return known;
  const found = readOrder(session, filter, order);
  const kept: Kept = { key: keyOf(filter, order), selection: filter.selection, order: found };
  session.remembered.tags.set(KEPT, Promise.resolve(kept));
  found.catch(() => session.remembered.tags.delete(KEPT)); // to be tried again; whoever asked hears of it
  return found;
}

/** The order, if it is known already. */
export async function keptOrder(session: Session, filter: SampleFilter, order: Order): Promise<ViewOrder | null> {
  const kept = (await session.remembered.tags.get(KEPT)) as Kept | undefined;
  return kept?.key === keyOf(filter, order) && kept.selection === filter.selection ? kept.order : null;
}

function keyOf({ picks, expression, scores }: SampleFilter, { sort, descending, groupBy = null }: Order): string {
  return JSON.stringify([picks, expression, Boolean(scores), sort, descending, groupBy]);
}

async function readOrder(session: Session, filter: SampleFilter, order: Order): Promise<ViewOrder> {
  const parameters = new SqlParameters();
  const conditions = await compileConditions(session, filter, parameters);
  const ids = await session.integers(
    await orderedSql(session, filter, conditions, order, parameters),
    parameters.values,
  );
  return { ids, groups: await readGroups(session, filter, order.groupBy ?? null) };
}

/** The query for the ids of the samples that pass the filter, in order, without an end. */
export async function orderedSql(
  session: Session,
  filter: SampleFilter,
  conditions: Conditions,
  { sort, descending, groupBy = null }: Order,
  parameters: SqlParameters,
): Promise<string> {
  const by = compileSort(sort, filter, conditions.lookup, parameters);
  const group = groupBy === null ? null : await compileGroup(session, groupBy, parameters);
  return `SELECT s.id FROM samples s ${by.joins} ${group?.join ?? ''} WHERE ${joinConditions(conditions)}
    ORDER BY ${group ? `${group.order}, ` : ''}${by.column} ${descending ? 'DESC' : 'ASC'} NULLS LAST, s.path, s.id`;
}

async function readGroups(
  session: Session,
  filter: SampleFilter,
  groupBy: string | null,
): Promise<readonly SampleGroup[]> {
  if (groupBy === null) return [];
  const parameters = new SqlParameters();
  const where = joinConditions(await compileConditions(session, filter, parameters));
  const { join, value, order } = await compileGroup(session, groupBy, parameters);
  return session.rows<SampleGroup>(
    `SELECT ${value} AS value, count(*)::INTEGER AS count FROM samples s ${join} WHERE ${where}
     GROUP BY ${value} ORDER BY ${order}`,
    parameters.values,
  );
}
