import type { Session } from './session';

/** Could not be undone, so that the connection is of no more use: `errors` are the cause and what the undoing said. */
export class BrokenTransactionError extends AggregateError {}

/** Runs `operation` in one transaction: all of it is kept, or nothing. */
export async function inTransaction<T>(session: Session, operation: () => Promise<T>): Promise<T> {
  await session.run('BEGIN');
  const result = await operation().catch((error: unknown) => rollBack(session, error));
  await session.run('COMMIT'); // which undoes everything by itself when it fails
  return result;
}

async function rollBack(session: Session, cause: unknown): Promise<never> {
  try {
    await session.run('ROLLBACK');
  } catch (error) {
    throw new BrokenTransactionError([cause, error], cause instanceof Error ? cause.message : String(cause));
  }
  throw cause;
}
