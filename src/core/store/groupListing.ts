import type { SampleFilter } from '../sampleFilter';
import { remember } from './remember';
import type { Session } from './session';
import { stageGroups, stageMarks } from './stageGroups';
import { stageScope } from './stageScope';

/** Which groups: `filter` takes those of which at least one image passes it. */
export interface GroupScope {
  readonly kind: 'exact' | 'near' | null;
  /** Only groups that span splits. */
  readonly leaks: boolean;
  /** Only groups in which not exactly one image is to be kept. */
  readonly open: boolean;
  readonly filter: SampleFilter | null;
}

export interface GroupCounts {
  readonly groups: number;
  /** Images in these groups, and those that could go while one of each is kept. */
  readonly images: number;
  readonly spare: number;
}

/** Of all groups, whatever the scope. */
export interface GroupTotals {
  readonly exact: number;
  readonly near: number;
  readonly leaks: number;
  /** Images that a person said are to go and of whose group another one stays. */
  readonly removable: number;
}

/** The groups of a scope, in order. */
export interface GroupListing {
  readonly ids: Int32Array;
  readonly counts: GroupCounts;
  readonly totals: GroupTotals;
}

const KEPT = 'duplicateListing';

interface Kept {
  readonly key: string;
  readonly selection: Int32Array | null;
  readonly listing: Promise<GroupListing>;
}

/**
 * The groups of a scope: those of exact copies first, then the largest, then the most alike. Makes sure of the temp tables
 * of `stageGroups` and `stageMarks`. Kept for the scope asked for last, until something is written.
 */
export async function listGroups(session: Session, scope: GroupScope): Promise<GroupListing> {
  const { kind, leaks, open, filter } = scope;
  const selection = filter?.selection ?? null;
  const key = JSON.stringify([kind, leaks, open, filter && [filter.picks, filter.expression]]);
  const { tags } = session.remembered;
  const kept = (await tags.get(KEPT)) as Kept | undefined;
  if (kept?.key === key && kept.selection === selection) return kept.listing;
  const listing = findGroups(session, scope);
  tags.set(KEPT, Promise.resolve({ key, selection, listing } satisfies Kept));
  listing.catch(() => tags.delete(KEPT)); // to be tried again; whoever asked hears of it
  return listing;
}

async function findGroups(session: Session, { kind, leaks, open, filter }: GroupScope): Promise<GroupListing> {
  await stageGroups(session);
  const { removable } = await stageMarks(session);
  if (filter) await stageScope(session, 'group_scope', { filter });
  const conditions = [
    'true',
    ...(kind === null ? [] : [kind === 'exact' ? 'exact' : 'NOT exact']),
    ...(leaks ? ['leaks'] : []),
    // Where the one that was kept is gone, and all others are to go, it is to be decided anew.
    ...(open ? ['size - coalesce(marked, 0) <> 1'] : []),
    ...(filter ? ['id IN (SELECT group_id FROM group_rows JOIN group_scope g ON g.id = sample_id)'] : []),
  ];
  const listed = `group_facts LEFT JOIN group_marks USING (id) WHERE ${conditions.join(' AND ')}`;
  const counts = await session.row<GroupCounts>(
    `SELECT count(*)::INTEGER AS groups, coalesce(sum(size), 0)::INTEGER AS images,
       coalesce(sum(size - 1), 0)::INTEGER AS spare FROM ${listed}`,
  );
  const ids = await session.integers(`SELECT id FROM ${listed} ORDER BY exact DESC, size DESC, score DESC, id`);
  return { ids, counts, totals: { ...(await countGroups(session)), removable } };
}

function countGroups(session: Session): Promise<Omit<GroupTotals, 'removable'>> {
  const sql = `SELECT count(*) FILTER (exact)::INTEGER AS exact, count(*) FILTER (NOT exact)::INTEGER AS near,
    count(*) FILTER (leaks)::INTEGER AS leaks FROM group_facts`;
  return remember(session, 'duplicateCounts', () => session.row(sql), 'files');
}
