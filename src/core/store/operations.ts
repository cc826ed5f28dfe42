import type { Operation } from '../../protocol/tagApi';
import { redoChange, undoChange, type ChangeDetail } from './changeTags';
import { appendDecisions, deriveDecided, type DecideDetail } from './decisions';
import { deriveTags } from './derive';
import { lastDecision, markOperation, nextOperation, type StoredOperation } from './operationRecords';
import { restateDecisions } from './restateDecisions';
import type { Session } from './session';
import { dropTags, restoreTags } from './tagRows';

/** What undo and redo would do now. */
export async function history(session: Session): Promise<{ undo: Operation | null; redo: Operation | null }> {
  const undoable = await nextOperation(session, 'undo');
  const redoable = await nextOperation(session, 'redo');
  return { undo: undoable && shown(undoable), redo: redoable && shown(redoable) };
}

/** Takes back the last operation that is done: appends what was decided before it. Null when there is none. */
export async function undo(session: Session): Promise<Operation | null> {
  const operation = await nextOperation(session, 'undo');
  if (!operation) return null;
  if (operation.kind === 'decide') {
    const detail = JSON.parse(operation.detail) as DecideDetail;
    await restateDecisions(session, operation.id, detail.after);
    const created = Object.keys(detail.created);
    await dropTags(session, created);
    await deriveDecided(session, created, 'restated');
    await markOperation(session, operation.id, 'undone', detail);
  } else {
    const detail = JSON.parse(operation.detail) as ChangeDetail;
    await undoChange(session, detail);
    await restateDecisions(session, operation.id, detail.after);
    await deriveTags(session, null);
    await markOperation(session, operation.id, 'undone', detail);
  }
  return shown(operation);
}

/** Does again what was taken back last. Null when there is nothing. */
export async function redo(session: Session): Promise<Operation | null> {
  const operation = await nextOperation(session, 'redo');
  if (!operation) return null;
  const after = await lastDecision(session);
  if (operation.kind === 'decide') {
    const detail = JSON.parse(operation.detail) as DecideDetail;
    await restoreTags(session, detail.created);
    await session.run(
      `CREATE OR REPLACE TEMP TABLE deciding AS
       SELECT d.sample_id, coalesce(t.alias_of, d.tag) AS tag, arg_max(d.dimension, d.id) AS dimension,
         arg_max(d.action, d.id) AS action
       FROM decisions d LEFT JOIN tags t ON t.name = d.tag
       WHERE d.operation_id = $1::INTEGER AND d.cause = 'do'
       GROUP BY ALL`,
      [operation.id],
    );
    await appendDecisions(session, 'deciding', operation.id, 'redo');
    await deriveDecided(session, Object.keys(detail.created), 'deciding');
    await markOperation(session, operation.id, 'done', { ...detail, after });
  } else {
    const detail = await redoChange(session, operation.id, JSON.parse(operation.detail) as ChangeDetail);
    await deriveTags(session, null);
    await markOperation(session, operation.id, 'done', detail);
  }
  return shown(operation);
}

function shown({ id, title, samples }: StoredOperation): Operation {
  return { id, title, samples };
}
