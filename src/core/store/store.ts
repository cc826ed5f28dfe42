import { UserError } from '../../protocol/userError';
import type { Connection } from './connection';
import { asUserError } from './databaseErrors';
import type { Session } from './session';

/** How a store gets at its database again after the engine gave up on it (a full disk does that). */
export type Reopen = () => Promise<Connection>;

/**
 * One database behind a queue: operations run one after the other, so that transactions never interleave and every
 * read sees a state between two of them.
 */
export class Store {
  private tail: Promise<unknown> = Promise.resolve();
  private closed = false;
  private invalidated = false;

  /** @param readOnly why nothing can be written, or null. */
  constructor(
    private connection: Connection,
    private readonly file: string,
    private readonly readOnly: string | null,
    private readonly reopen: Reopen | null,
  ) {}

  read<T>(operation: (session: Session) => Promise<T>): Promise<T> {
    return this.enqueue(operation);
  }

  /**
   * Runs `operation` in one transaction: all of it is kept, or nothing.
   * @throws UserError `read-only`, `disk-full`.
   */
  write<T>(operation: (session: Session) => Promise<T>): Promise<T> {
    if (this.readOnly !== null) return Promise.reject(new UserError('read-only', this.readOnly));
    return this.enqueue(async (session) => {
      await session.run('BEGIN');
      try {
        const result = await operation(session);
        await session.run('COMMIT');
        return result;
      } catch (error) {
        await this.rollBack(session, error);
        throw error;
      }
    });
  }

  /** Waits for what is queued, writes everything into the database file and gives it free. */
  close(): Promise<void> {
    if (this.closed) return Promise.resolve();
    const closing = this.enqueue(() => {
      this.connection.close();
      return Promise.resolve();
    });
    this.closed = true;
    return closing;
  }

  private enqueue<T>(operation: (session: Session) => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new UserError('dataset-closed', 'The dataset was closed. Open it again.'));
    const result = this.tail.then(() => this.perform(operation));
    this.tail = result.catch(() => undefined); // the caller hears of it; the queue goes on
    return result;
  }

  private async perform<T>(operation: (session: Session) => Promise<T>): Promise<T> {
    try {
      if (this.invalidated) await this.revive();
      return await operation(this.connection.session);
    } catch (error) {
      if (/database has been invalidated|FATAL Error/.test(String(error))) this.invalidated = true;
      throw asUserError(error, this.file);
    }
  }

  private async rollBack(session: Session, cause: unknown): Promise<void> {
    try {
      await session.run('ROLLBACK');
    } catch (error) {
      // COMMIT itself rolls back when it fails; anything else is found by the next operation, after reopening.
      if (!/no transaction is active/.test(String(error))) this.invalidated = true;
      if (!(cause instanceof Error)) throw error;
    }
  }

  private async revive(): Promise<void> {
    if (!this.reopen) return;
    this.connection.close();
    this.connection = await this.reopen();
    this.invalidated = false;
  }
}
