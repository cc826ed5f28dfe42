import { UserError } from '../../protocol/userError';
import type { Connection } from './connection';
import { asUserError } from './databaseErrors';
import { forgetting } from './remember';
import type { Subject } from './subject';
import type { Session } from './session';
import { BrokenTransactionError, inTransaction } from './transaction';

/** What DuckDB says when it takes no more from a connection until the database is opened again. */
const FATAL = /database has been invalidated|FATAL Error/;

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
   * @param changes `tags` where it leaves alone what lies in the folder and what models said of it
   * @throws UserError `read-only`, `disk-full`.
   */
  write<T>(operation: (session: Session) => Promise<T>, changes: Subject = 'files'): Promise<T> {
    if (this.readOnly !== null) return Promise.reject(new UserError('read-only', this.readOnly));
    return this.enqueue((session) =>
      forgetting(session, changes, () => inTransaction(session, () => operation(session))),
    );
  }

  /** Waits for what is queued, writes everything into the database file and gives it free. */
  close(): Promise<void> {
    if (this.closed) return Promise.resolve();
    this.closed = true;
    return this.tail.then(() => this.connection.close());
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
      this.invalidated ||= error instanceof BrokenTransactionError || FATAL.test(String(error));
      throw asUserError(error, this.file);
    }
  }

  private async revive(): Promise<void> {
    if (!this.reopen) return;
    this.connection.close();
    this.connection = await this.reopen();
    this.invalidated = false;
  }
}
