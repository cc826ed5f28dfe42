import type { Session } from './session';

/**
 * Finds something out once, until the database is written to the next time. For what a change within the same write
 * could make wrong it is not meant.
 */
export function remember<T>(session: Session, name: string, find: () => Promise<T>): Promise<T> {
  const known = session.remembered.get(name) as Promise<T> | undefined;
  if (known) return known;
  const found = find();
  session.remembered.set(name, found);
  found.catch(() => session.remembered.delete(name)); // to be tried again; whoever asked hears of it
  return found;
}
