import type { Subject } from './store/subject';
import type { Session } from './store/session';

/** How parts of a dataset get at its database: one operation after the other, every change one transaction. */
export interface DatasetDoor {
  read<T>(operation: (session: Session) => Promise<T>): Promise<T>;
  /**
   * Raises the revision of the dataset.
   * @param changes `tags` where it leaves alone what lies in the folder and what models said of it
   * @throws UserError `read-only`, `disk-full`
   */
  write<T>(operation: (session: Session) => Promise<T>, changes?: Subject): Promise<T>;
}
