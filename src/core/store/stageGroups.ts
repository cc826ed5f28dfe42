import { splitSql } from '../duplicates/splits';
import { canonicalTag } from './aliases';
import { remember } from './remember';
import type { Session } from './session';

/** Given to the images of a group that are not kept. */
export const TO_REMOVE = 'duplicate-to-remove';

/** The name under which that tag is known, which a person may have changed. */
export function toRemoveTag(session: Session): Promise<string> {
  return canonicalTag(session, TO_REMOVE);
}

/**
 * Makes sure of the temp tables `group_rows` (group_id, sample_id, found_by, likeness, score, transform,
 * content_hash, split; the present members of groups of two or more) and `group_facts` (id, size, found_by, likeness and score
 * of the member least like the middle, exact, splits, leaks; a group each). Group ids hold until duplicates are looked for
 * the next time.
 */
export function stageGroups(session: Session): Promise<void> {
  return remember(session, 'duplicateGroups', () => findGroups(session), 'files');
}

async function findGroups(session: Session): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE group_rows AS
     SELECT m.group_id, m.sample_id, m.found_by, m.likeness, m.score, m.transform, s.content_hash, ${splitSql('s.path')} AS split
     FROM duplicate_members m JOIN samples s ON s.id = m.sample_id
     WHERE NOT s.missing QUALIFY count(*) OVER (PARTITION BY m.group_id) > 1
     ORDER BY m.group_id`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE group_facts AS
     SELECT group_id AS id, count(*)::INTEGER AS size, min(score) AS score,
       arg_min(likeness, score) AS likeness, arg_min_null(found_by, score) AS found_by,
       count(DISTINCT content_hash) = 1 AND count(content_hash) = count(*) AS exact,
       coalesce(list_sort(list(DISTINCT split) FILTER (split IS NOT NULL)), []) AS splits,
       count(DISTINCT split) > 1 AS leaks
     FROM group_rows GROUP BY group_id`,
  );
}

/** What a person said is to go. */
export interface Marks {
  /** Images, whether they are in a group or not. */
  readonly marked: number;
  /** Of these, the ones of whose group another stays. */
  readonly removable: number;
}

/**
 * Makes sure of the temp tables `marked_members` (group_id, sample_id: members that a person said are to go) and
 * `group_marks` (id, marked: how many, of groups that have any); needs `stageGroups`.
 */
export function stageMarks(session: Session): Promise<Marks> {
  return remember(session, 'duplicateMarks', () => findMarks(session));
}

async function findMarks(session: Session): Promise<Marks> {
  // What a model says, or what follows from another tag, moves no file.
  await session.run(
    `CREATE OR REPLACE TEMP TABLE marked_samples AS
     SELECT DISTINCT t.sample_id FROM sample_tags t JOIN samples s ON s.id = t.sample_id
     WHERE t.tag = $1 AND t.source = 'person' AND t.implied_by IS NULL AND NOT s.missing`,
    [await toRemoveTag(session)],
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE marked_members AS
     SELECT group_id, sample_id FROM group_rows SEMI JOIN marked_samples USING (sample_id)`,
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE group_marks AS
     SELECT group_id AS id, count(*)::INTEGER AS marked FROM marked_members GROUP BY group_id`,
  );
  return session.row<Marks>(
    `SELECT (SELECT count(*) FROM marked_samples)::INTEGER AS marked, coalesce(sum(m.marked), 0)::INTEGER AS removable
     FROM group_marks m JOIN group_facts g USING (id) WHERE m.marked < g.size`,
  );
}
