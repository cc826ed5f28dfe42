import type { Operation } from '../../protocol/tagApi';
import { chooseBest, type Best, type Candidate } from '../duplicates/chooseBest';
import { decideStaged } from './decisions';
import { listGroups, type GroupCounts, type GroupScope, type GroupTotals } from './groupListing';
import { images } from './operationTitles';
import { stageIds, type Session } from './session';
import { stageGroups, stageMarks, toRemoveTag } from './stageGroups';

export interface DuplicateMember extends Candidate {
  /** What told that it is like the group's middle; null for that one and for its copies. */
  readonly foundBy: string | null;
  /** How much it is, in percent: equal bits of their codes, or the cosine of their vectors. */
  readonly likeness: number;
  /** The same on a scale that all ways of telling share, 50 to 100. */
  readonly score: number;
  /** How the middle has to be mirrored or turned to look like it, or the other way round; null as it is. */
  readonly transform: string | null;
  /** `train`, `val`, `test` or null. */
  readonly split: string | null;
  /** A person said that it is to go. */
  readonly toRemove: boolean;
}

export interface DuplicateGroup {
  readonly id: number;
  readonly kind: 'exact' | 'near';
  /** Images in it; `members` of a page may be the first of them only. */
  readonly size: number;
  /** Images in it that a person said are to go. */
  readonly marked: number;
  /** Of the member that is least like the middle. */
  readonly foundBy: string | null;
  readonly likeness: number;
  /** Splits that it spans; one or none are no leak. */
  readonly splits: readonly string[];
  readonly members: readonly DuplicateMember[];
  /** Which of `members` to keep, and why. */
  readonly best: Best;
}

export interface GroupPage extends GroupCounts, GroupTotals {
  readonly rows: readonly DuplicateGroup[];
}

export interface GroupPageRequest {
  readonly offset: number;
  readonly limit: number;
  /** The most images of a group, 1 or more: the nearest to the middle, and always the one to keep. */
  readonly members: number;
}

/** Dimension of the mark. */
const DIMENSION = 'duplicate';
/** One would do; of some the file may have gone since. */
const STAYING_NAMED = 3;

/** A page of groups: those of exact copies first, then the largest, then the most alike. */
export async function groupPage(
  session: Session,
  scope: GroupScope,
  { offset, limit, members }: GroupPageRequest,
): Promise<GroupPage> {
  const { ids, counts, totals } = await listGroups(session, scope);
  const rows = await readGroups(session, ids.subarray(offset, offset + limit));
  return { ...totals, ...counts, rows: rows.map((group) => shorten(group, members)) };
}

/** Every group of a scope with all its images, in the same order. */
export async function allGroups(session: Session, scope: GroupScope): Promise<DuplicateGroup[]> {
  const { ids } = await listGroups(session, scope);
  return readGroups(session, ids);
}

function shorten(group: DuplicateGroup, most: number): DuplicateGroup {
  if (group.members.length <= most) return group;
  const members = group.members.slice(0, most);
  const best = group.members.find(({ id }) => id === group.best.id)!;
  if (!members.includes(best)) members[most - 1] = best;
  return { ...group, members };
}

type MemberRow = Omit<DuplicateMember, 'size'> & {
  readonly group: number;
  readonly bytes: number;
  readonly exact: boolean;
  readonly groupFoundBy: string | null;
  readonly groupLikeness: number;
  readonly splits: readonly string[];
};

/** Up to so many groups are named in the query, which then reads only where they lie. */
const FEW_GROUPS = 200;

/** @param ids of listed groups, in the order wanted */
async function readGroups(session: Session, ids: Int32Array): Promise<DuplicateGroup[]> {
  if (ids.length === 0) return [];
  const rows = await session.rows<MemberRow>(
    `SELECT r.group_id AS "group", g.exact, g.found_by AS "groupFoundBy", g.likeness AS "groupLikeness", g.splits, s.id, s.path,
       coalesce(s.width, 0) AS width, coalesce(s.height, 0) AS height, s.format, s.size::DOUBLE AS bytes, s.sharpness,
       r.found_by AS "foundBy", r.likeness, r.score, r.transform, r.split,
       s.id IN (SELECT sample_id FROM marked_members) AS "toRemove"
     FROM ${await chosenRows(session, ids)} r JOIN group_facts g ON g.id = r.group_id JOIN samples s ON s.id = r.sample_id
     ORDER BY r.group_id, r.score DESC, s.path, s.id`,
  );
  const byGroup = new Map<number, MemberRow[]>();
  for (const row of rows) {
    const others = byGroup.get(row.group);
    if (others) others.push(row);
    else byGroup.set(row.group, [row]);
  }
  return Array.from(ids, (id) => groupOf(id, byGroup.get(id)!));
}

/** SQL of the rows of `group_rows` in these groups. */
async function chosenRows(session: Session, ids: Int32Array): Promise<string> {
  if (ids.length <= FEW_GROUPS) return `(FROM group_rows WHERE group_id IN (${ids.join(', ')}))`;
  await stageIds(session, 'shown_groups', ids);
  return '(FROM group_rows SEMI JOIN shown_groups ON shown_groups.id = group_id)';
}

function groupOf(id: number, rows: readonly MemberRow[]): DuplicateGroup {
  const { exact, groupFoundBy: foundBy, groupLikeness: likeness, splits } = rows[0];
  const members = rows.map(memberOf);
  // What a person chose before stands: the best is looked for among those that are not to go.
  const kept = members.filter(({ toRemove }) => !toRemove);
  return {
    ...{ id, kind: exact ? 'exact' : 'near', size: members.length, marked: members.length - kept.length },
    ...{ foundBy, likeness, splits, members, best: chooseBest(kept.length > 0 ? kept : members) },
  };
}

function memberOf(row: MemberRow): DuplicateMember {
  const { id, path, width, height, format, bytes, sharpness, foundBy, likeness, score, transform, split, toRemove } =
    row;
  return {
    ...{ id, path, width, height, format, size: bytes, sharpness },
    ...{ foundBy, likeness, score, transform, split, toRemove },
  };
}

/**
 * Says of all images of these groups but one that they are to go, and takes that back of the one, as one operation. Null
 * when nothing changes.
 * @param choices the group and the sample of it that is kept; others than its members are left out
 */
export async function acceptGroups(
  session: Session,
  choices: readonly { readonly group: number; readonly keep: number }[],
): Promise<Operation | null> {
  await stageGroups(session);
  await stageMarks(session);
  const tag = await toRemoveTag(session);
  await session.stage('chosen_groups', {
    group_id: { type: 'INTEGER', values: choices.map(({ group }) => group) },
    keep: { type: 'INTEGER', values: choices.map(({ keep }) => keep) },
  });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE to_decide AS
     WITH chosen AS (
       SELECT group_id, any_value(keep) AS keep FROM chosen_groups
       SEMI JOIN group_rows r ON r.group_id = chosen_groups.group_id AND r.sample_id = keep GROUP BY group_id
     )
     SELECT r.sample_id, $1 AS tag, $2 AS dimension,
       CASE WHEN r.sample_id = c.keep THEN 'removed' ELSE 'added' END AS action
     FROM group_rows r JOIN chosen c USING (group_id)
     WHERE r.sample_id <> c.keep OR r.sample_id IN (SELECT sample_id FROM marked_members)`,
    [tag, DIMENSION],
  );
  return decideStaged(session, ({ samples }) => `Choose what to keep of duplicates: ${images(samples)} decided`);
}

/** A file that may go: a person said so, and another of its group stays. */
export interface RemovableFile {
  readonly id: number;
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
  /** Paths of images of its group that stay: the first few. */
  readonly staying: readonly string[];
}

/** Files that may go, by path; `kept` counts those that are marked but of whose group nothing would be left. */
export async function removableFiles(session: Session): Promise<{ files: RemovableFile[]; kept: number }> {
  await stageGroups(session);
  const { marked } = await stageMarks(session);
  const files = await session.rows<RemovableFile>(
    `WITH staying AS (
       SELECT group_id, list(s.path ORDER BY r.score DESC, s.path)[:${STAYING_NAMED}] AS staying
       FROM group_rows r ANTI JOIN marked_members m ON m.sample_id = r.sample_id JOIN samples s ON s.id = r.sample_id
       WHERE group_id IN (SELECT group_id FROM marked_members) GROUP BY group_id
     )
     SELECT s.id, s.path, s.size::DOUBLE AS size, s.mtime_ms AS "mtimeMs", staying
     FROM marked_members m JOIN staying USING (group_id) JOIN samples s ON s.id = m.sample_id ORDER BY s.path`,
  );
  return { files, kept: marked - files.length };
}
