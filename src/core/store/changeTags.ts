import type { Operation, TagChange } from '../../protocol/tagApi';
import { UserError } from '../../protocol/userError';
import { ensureTag, pointAlias } from './aliases';
import { deriveTags } from './derive';
import { keepingDecided } from './keepDecided';
import { lastDecision, recordOperation } from './operationRecords';
import { changeTitle } from './operationTitles';
import type { Session } from './session';
import { planTagChange, type PlannedChange } from './planTagChange';
import { dropTags, restoreRows, tagRows, type TagRow } from './tagRows';
import { tagUse } from './tagUse';

/** What the detail of a change of tags holds. */
export interface ChangeDetail {
  readonly change: PlannedChange;
  /** The highest id of a decision before it. */
  readonly after: number;
  /** Rows of `tags` as they were before, of all tags concerned that had one. */
  readonly rows: readonly TagRow[];
}

/**
 * Renames, merges or deletes tags in the whole dataset. The old names become aliases of the new one, so that what
 * models and filters call by them stays found. Null when nothing changes by it.
 * @throws UserError `tag-change` with the problem that a preview names
 */
export async function changeTags(session: Session, change: TagChange): Promise<Operation | null> {
  const plan = await planTagChange(session, change);
  if ('problem' in plan) {
    if (plan.unchanged) return null;
    throw new UserError('tag-change', plan.problem);
  }
  const { samples } = await tagUse(session, plan.from);
  const after = await lastDecision(session);
  const detail: ChangeDetail = { change: plan, after, rows: await tagRows(session, namesOf(plan)) };
  const title = changeTitle(plan.kind, plan.from, plan.to, samples);
  const operation = await recordOperation(session, plan.kind, title, detail, samples);
  await perform(session, plan, operation.id, 'do', after);
  await deriveTags(session, null);
  return operation;
}

/** Makes the rows of `tags` again what they were; what was decided is left to be restated. */
export async function undoChange(session: Session, { change, rows }: ChangeDetail): Promise<void> {
  const known = new Set(rows.map(({ name }) => name));
  const created = namesOf(change).filter((name) => !known.has(name));
  await restoreRows(session, rows);
  for (const name of created) {
    await session.run('UPDATE tags SET alias_of = NULL, implies = NULL, deleted_after = NULL WHERE name = $1', [name]);
  }
  await dropTags(session, created);
}

/** Does a change again, from how things are now. Returns what undoing that needs. */
export async function redoChange(
  session: Session,
  operationId: number,
  { change }: ChangeDetail,
): Promise<ChangeDetail> {
  const after = await lastDecision(session);
  const detail: ChangeDetail = { change, after, rows: await tagRows(session, namesOf(change)) };
  await perform(session, change, operationId, 'redo', after);
  return detail;
}

function namesOf({ from, to }: PlannedChange): string[] {
  return to === null ? [...from] : [...from, to];
}

async function perform(
  session: Session,
  { from, to }: PlannedChange,
  operationId: number,
  cause: 'do' | 'redo',
  after: number,
): Promise<void> {
  for (const name of from) await ensureTag(session, name);
  if (to === null) return deleteTags(session, from, after);
  await keepingDecided(session, { operationId, cause }, async () => {
    await createTarget(session, from, to, operationId, cause);
    for (const name of from) await pointAlias(session, name, to);
    await moveImplications(session, from, to);
  });
}

/** Aliases go with their tag, as models may use either name. */
async function deleteTags(session: Session, names: readonly string[], after: number): Promise<void> {
  for (const name of names) {
    await session.run('UPDATE tags SET deleted_after = $2::INTEGER WHERE name = $1 OR alias_of = $1', [name, after]);
  }
}

/**
 * A new name is that of a tag in the dimension of the old one, and as deleted as that was. One that was deleted is a
 * tag again; what had been given by it then stays gone.
 */
async function createTarget(
  session: Session,
  from: readonly string[],
  to: string,
  operationId: number,
  cause: 'do' | 'redo',
): Promise<void> {
  await session.run(
    `INSERT INTO tags (name, dimension, category, deleted_after)
     SELECT $1, dimension, category, deleted_after FROM tags
     WHERE name = $2 AND NOT EXISTS (FROM tags WHERE name = $1)`,
    [to, from[0]],
  );
  const [deleted] = await session.rows<{ until: number }>(
    `SELECT deleted_after AS until FROM tags WHERE name = $1 AND deleted_after IS NOT NULL
       AND EXISTS (FROM tags old WHERE old.deleted_after IS NULL AND list_contains($2::JSON::VARCHAR[], old.name))`,
    [to, JSON.stringify(from)],
  );
  if (!deleted) return;
  await session.run(
    `INSERT INTO decisions (sample_id, tag, dimension, action, made_at, operation_id, cause)
     SELECT sample_id, $1, arg_max(dimension, id), 'withdrawn', make_timestamp($3::BIGINT * 1000), $4::INTEGER, $5
     FROM decisions WHERE tag = $1 GROUP BY sample_id
     HAVING max(id) <= $2::INTEGER AND arg_max(action, id) IN ('added', 'approved')
     ORDER BY sample_id`,
    [to, deleted.until, Date.now(), operationId, cause],
  );
  await session.run('UPDATE tags SET deleted_after = NULL WHERE name = $1', [to]);
}

/** What the old tags brought along, the new one brings along. */
async function moveImplications(session: Session, from: readonly string[], to: string): Promise<void> {
  const parameters = [JSON.stringify([...from, to]), to];
  await session.run(
    `UPDATE tags SET implies = moved.implies
     FROM (
       SELECT list_sort(list(DISTINCT implied)) AS implies
       FROM (SELECT unnest(implies) AS implied FROM tags WHERE list_contains($1::JSON::VARCHAR[], name))
       WHERE NOT list_contains($1::JSON::VARCHAR[], implied)
     ) moved
     WHERE tags.name = $2`,
    parameters,
  );
  await session.run(
    'UPDATE tags SET implies = NULL WHERE list_contains($1::JSON::VARCHAR[], name) AND name <> $2',
    parameters,
  );
}
