import { readDimensions, type StoredDimension } from './dimensions';
import { remember } from './remember';
import type { Session } from './session';

/** `readDimensions`, once until the database changes. */
export function vocabulary(session: Session): Promise<StoredDimension[]> {
  return remember(session, 'vocabulary', () => readDimensions(session));
}
