import type { DatasetDoor } from './datasetDoor';
import type { Session } from './store/session';

class Rehearsed extends Error {}

/** Does something in a transaction that is rolled back, and returns what it told: exact where a count would guess. */
export async function rehearse<T>(door: DatasetDoor, operation: (session: Session) => Promise<T>): Promise<T> {
  const told: T[] = [];
  try {
    await door.write(async (session) => {
      told.push(await operation(session));
      throw new Rehearsed();
    });
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
  return told[0];
}
