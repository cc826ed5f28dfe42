import { stageIds, type Session } from './session';
import { FILE } from './taggingFailures';

/** Files that could not be read and whose next try has not come yet. */
export function waitingFiles(session: Session): Promise<{ id: number; path: string }[]> {
  return session.rows(
    `SELECT s.id, s.path FROM samples s JOIN tagging_failures f ON f.sample_id = s.id AND f.model = '${FILE}'
     WHERE NOT s.missing AND s.error_code = 'unreadable' AND f.next_try > make_timestamp($1::BIGINT * 1000)
     ORDER BY s.path, s.id`,
    [Date.now()],
  );
}

/** Has the next try of these files come. */
export async function makeDue(session: Session, ids: readonly number[]): Promise<void> {
  await stageIds(session, 'staged', ids);
  await session.run(
    `UPDATE tagging_failures SET next_try = make_timestamp($1::BIGINT * 1000)
     FROM staged WHERE staged.id = sample_id AND model = '${FILE}'`,
    [Date.now()],
  );
}
