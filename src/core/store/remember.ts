import type { Session } from './session';
import type { Subject } from './subject';

/**
 * Finds something out once, until its subject is written to the next time. For what a change within the same write could
 * make wrong it is not meant.
 */
export function remember<T>(
  session: Session,
  name: string,
  find: () => Promise<T>,
  subject: Subject = 'tags',
): Promise<T> {
  const remembered = session.remembered[subject];
  const known = remembered.get(name) as Promise<T> | undefined;
  if (known) return known;
  const found = find();
  remembered.set(name, found);
  found.catch(() => remembered.delete(name)); // to be tried again; whoever asked hears of it
  return found;
}

/**
 * Runs a transaction, and forgets what it may have made wrong.
 * @param changes `tags` where it leaves alone what lies in the folder and what models said of it
 */
export async function forgetting<T>(session: Session, changes: Subject, transaction: () => Promise<T>): Promise<T> {
  const { tags, files } = session.remembered;
  try {
    const result = await transaction();
    if (changes === 'files') files.clear();
    return result;
  } catch (error) {
    files.clear(); // temporary tables made on the way are gone
    throw error;
  } finally {
    tags.clear();
  }
}
