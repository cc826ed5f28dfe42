import type { Operation } from '../../protocol/tagApi';
import { chooseBest, type Best } from '../duplicates/chooseBest';
import { splitSql } from '../duplicates/splits';
import type { SampleFilter } from '../sampleFilter';
import { decideStaged } from './decisions';
import { images } from './operationTitles';
import { stageIds, type Session } from './session';
import { stageScope } from './stageScope';

/** Given to the images of a group that are not kept. */
export const TO_REMOVE = 'duplicate-to-remove';

/** Which groups: `filter` takes those of which at least one image passes it. */
export interface GroupScope {
  readonly kind: 'exact' | 'near' | null;
  /** Only groups that span splits. */
  readonly leaks: boolean;
  /** Only groups in which more than one image is still to be kept. */
  readonly open: boolean;
  readonly filter: SampleFilter | null;
}

export interface DuplicateMember {
  readonly id: number;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly format: string | null;
  /** Bytes. */
  readonly size: number;
  readonly sharpness: number | null;
  readonly tags: readonly string[];
  /** Bits in which its sign code differs from that of the group's middle, 0 to 64. */
  readonly distance: number;
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
  /** Images in it; `members` may be the first of them only. */
  readonly size: number;
  /** The largest distance to the middle. */
  readonly distance: number;
  /** Splits that it spans; one or none are no leak. */
  readonly splits: readonly string[];
  readonly members: readonly DuplicateMember[];
  /** Which of `members` to keep, and why. */
  readonly best: Best;
}

export interface GroupCounts {
  readonly groups: number;
  /** Images in these groups, and those that could go while one of each is kept. */
  readonly images: number;
  readonly spare: number;
}

export interface GroupPage extends GroupCounts {
  /** Of all groups, whatever the scope. */
  readonly exact: number;
  readonly near: number;
  readonly leaks: number;
  readonly rows: readonly DuplicateGroup[];
}

/** Images of one group that are looked at. */
const MOST_MEMBERS = 200;

/**
 * Makes sure of the temp tables `group_rows` (a present member each) and `group_facts` (a group of two or more each).
 * Group ids hold until duplicates are looked for the next time.
 */
async function stageGroups(session: Session): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE group_rows AS
     SELECT m.group_id, m.sample_id, m.distance, m.transform, s.content_hash, ${splitSql('s.path')} AS split,
       r.sample_id IS NOT NULL AS to_remove
     FROM duplicate_members m JOIN samples s ON s.id = m.sample_id
     LEFT JOIN (SELECT sample_id FROM sample_tags WHERE tag = '${TO_REMOVE}') r ON r.sample_id = m.sample_id
     WHERE NOT s.missing`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE group_facts AS
     SELECT group_id AS id, count(*)::INTEGER AS size, max(distance)::INTEGER AS distance,
       count(DISTINCT content_hash) = 1 AND count(content_hash) = count(*) AS exact,
       coalesce(list_sort(list(DISTINCT split) FILTER (split IS NOT NULL)), []) AS splits,
       count(DISTINCT split) > 1 AS leaks, count(*) FILTER (NOT to_remove) > 1 AS open
     FROM group_rows GROUP BY group_id HAVING count(*) > 1`,
  );
}

/** Stages the groups of a scope as temp table `listed_groups`. */
async function stageScopeGroups(session: Session, { kind, leaks, open, filter }: GroupScope): Promise<void> {
  await stageGroups(session);
  if (filter) await stageScope(session, 'group_scope', { filter });
  const conditions = [
    'true',
    ...(kind === null ? [] : [kind === 'exact' ? 'exact' : 'NOT exact']),
    ...(leaks ? ['leaks'] : []),
    ...(open ? ['open'] : []),
    ...(filter ? ['id IN (SELECT group_id FROM group_rows JOIN group_scope g ON g.id = sample_id)'] : []),
  ];
  await session.run(
    `CREATE OR REPLACE TEMP TABLE listed_groups AS SELECT * FROM group_facts WHERE ${conditions.join(' AND ')}`,
  );
}

/** A page of groups: those of exact copies first, then the largest, then the most alike. */
export async function groupPage(
  session: Session,
  scope: GroupScope,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<GroupPage> {
  await stageScopeGroups(session, scope);
  const all = await session.row<Pick<GroupPage, 'exact' | 'near' | 'leaks'>>(
    `SELECT count(*) FILTER (exact)::INTEGER AS exact, count(*) FILTER (NOT exact)::INTEGER AS near,
       count(*) FILTER (leaks)::INTEGER AS leaks FROM group_facts`,
  );
  const counts = await session.row<GroupCounts>(
    `SELECT count(*)::INTEGER AS groups, coalesce(sum(size), 0)::INTEGER AS images,
       coalesce(sum(size - 1), 0)::INTEGER AS spare FROM listed_groups`,
  );
  const rows = await readGroups(
    session,
    `SELECT id FROM listed_groups ORDER BY exact DESC, size DESC, distance, id LIMIT ${limit} OFFSET ${offset}`,
  );
  return { ...all, ...counts, rows };
}

/** Every group of a scope, in the same order. */
export async function allGroups(session: Session, scope: GroupScope): Promise<DuplicateGroup[]> {
  await stageScopeGroups(session, scope);
  return readGroups(session, 'SELECT id FROM listed_groups ORDER BY exact DESC, size DESC, distance, id');
}

type MemberRow = DuplicateMember & Pick<DuplicateGroup, 'kind' | 'size' | 'splits'> & { group: number; widest: number };

/** @param chosen SQL of group ids, in order */
async function readGroups(session: Session, chosen: string): Promise<DuplicateGroup[]> {
  const ids = await session.integers(chosen);
  await stageIds(session, 'shown_groups', ids);
  const rows = await session.rows<MemberRow & { bytes: number }>(
    `SELECT r.group_id AS "group", CASE WHEN g.exact THEN 'exact' ELSE 'near' END AS kind, g.size,
       g.distance AS widest, g.splits, s.id, s.path, coalesce(s.width, 0) AS width, coalesce(s.height, 0) AS height,
       s.format, s.size::DOUBLE AS bytes, s.sharpness, s.tags, r.distance::INTEGER AS distance, r.transform, r.split,
       r.to_remove AS "toRemove"
     FROM group_rows r JOIN group_facts g ON g.id = r.group_id SEMI JOIN shown_groups shown ON shown.id = r.group_id
     JOIN samples s ON s.id = r.sample_id ORDER BY r.group_id, r.distance, s.path, s.id`,
  );
  const byGroup = new Map<number, (MemberRow & { bytes: number })[]>();
  for (const row of rows) {
    const others = byGroup.get(row.group);
    if (others) others.push(row);
    else byGroup.set(row.group, [row]);
  }
  return Array.from(ids).flatMap((id) => {
    const found = byGroup.get(id);
    return found ? [groupOf(id, found)] : [];
  });
}

function groupOf(id: number, rows: readonly (MemberRow & { bytes: number })[]): DuplicateGroup {
  const { kind, size, widest, splits } = rows[0];
  const all = rows.map(({ bytes, group: _group, kind: _kind, widest: _widest, splits: _splits, ...member }) => ({
    ...member,
    size: bytes,
  }));
  // What a person chose before stands: the best is looked for among those that are not to go.
  const kept = all.filter(({ toRemove }) => !toRemove);
  const best = chooseBest(kept.length > 0 ? kept : all);
  const shown = all.slice(0, MOST_MEMBERS);
  const chosen = all.find((member) => member.id === best.id)!;
  if (!shown.includes(chosen)) shown[MOST_MEMBERS - 1] = chosen;
  return { id, kind, size, distance: widest, splits, members: shown, best };
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
     SELECT r.sample_id, '${TO_REMOVE}' AS tag, 'duplicate' AS dimension,
       CASE WHEN r.sample_id = c.keep THEN 'removed' ELSE 'added' END AS action
     FROM group_rows r JOIN chosen c USING (group_id) WHERE r.sample_id <> c.keep OR r.to_remove`,
  );
  return decideStaged(session, ({ samples }) => `Choose what to keep of duplicates: ${images(samples)} decided`);
}

/** A file that may go: a person said so, and another of its group stays. */
export interface RemovableFile {
  readonly id: number;
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Files that may go, by path; `kept` counts those that are marked but of whose group nothing would be left. */
export async function removableFiles(session: Session): Promise<{ files: RemovableFile[]; kept: number }> {
  await stageGroups(session);
  const files = await session.rows<RemovableFile>(
    `SELECT s.id, s.path, s.size::DOUBLE AS size, s.mtime_ms AS "mtimeMs"
     FROM group_rows r JOIN samples s ON s.id = r.sample_id
     WHERE r.to_remove AND r.group_id IN (SELECT group_id FROM group_rows WHERE NOT to_remove) ORDER BY s.path`,
  );
  const { marked } = await session.row<{ marked: number }>(
    `SELECT count(*)::INTEGER AS marked FROM sample_tags t JOIN samples s ON s.id = t.sample_id
     WHERE t.tag = '${TO_REMOVE}' AND NOT s.missing`,
  );
  return { files, kept: marked - files.length };
}
