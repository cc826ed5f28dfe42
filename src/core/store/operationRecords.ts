import type { Operation } from '../../protocol/tagApi';
import type { Session } from './session';

export type OperationKind = 'decide' | 'rename' | 'merge' | 'delete';

/** An operation as it is stored. */
export interface StoredOperation extends Operation {
  readonly kind: OperationKind;
  /** JSON; what it is depends on the kind. */
  readonly detail: string;
}

/** Takes note of something that a person did. What had been undone until now cannot be done again after that. */
export async function recordOperation(
  session: Session,
  kind: OperationKind,
  title: string,
  detail: object,
  samples: number,
): Promise<Operation> {
  await session.run(`UPDATE operations SET state = 'dropped' WHERE state = 'undone'`);
  const { id } = await session.row<{ id: number }>(
    `INSERT INTO operations (kind, title, detail, samples, made_at, state)
     VALUES ($1, $2, $3::JSON, $4::INTEGER, make_timestamp($5::BIGINT * 1000), 'done') RETURNING id`,
    [kind, title, JSON.stringify(detail), samples, Date.now()],
  );
  return { id, title, samples };
}

/** The operation that undo (the last one done) or redo (the last one undone) is about, or null. */
export async function nextOperation(session: Session, direction: 'undo' | 'redo'): Promise<StoredOperation | null> {
  const [which, state] = direction === 'undo' ? ['max', 'done'] : ['min', 'undone'];
  const [row] = await session.rows<StoredOperation>(
    `SELECT id, title, samples, kind, detail::VARCHAR AS detail FROM operations
     WHERE id = (SELECT ${which}(id) FROM operations WHERE state = $1)`,
    [state],
  );
  return row ?? null;
}

export async function markOperation(
  session: Session,
  id: number,
  state: 'done' | 'undone',
  detail: object,
): Promise<void> {
  await session.run('UPDATE operations SET state = $2, detail = $3::JSON WHERE id = $1::INTEGER', [
    id,
    state,
    JSON.stringify(detail),
  ]);
}

/** The highest id of a decision, 0 when there is none. */
export async function lastDecision(session: Session): Promise<number> {
  const { last } = await session.row<{ last: number }>('SELECT coalesce(max(id), 0)::INTEGER AS last FROM decisions');
  return last;
}
