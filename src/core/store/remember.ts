import type { Session } from './session';

/**
 * What has to change to make something wrong that was found out. `tags`: decisions and rules, or anything else. `files`:
 * what lies in the folder and what models said of it, which decisions and rules leave alone.
 */
export type Subject = 'tags' | 'files';

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
