import { deriveTags } from './derive';
import type { Session } from './session';

/** Above this share of all samples it is quicker to derive everything than to pick them out. */
const LARGE_SHARE = 0.2;

/** Derives the tags of the samples whose ids a temporary table has. */
export async function deriveTouched(session: Session, table: string): Promise<void> {
  const { touched, total } = await session.row<{ touched: number; total: number }>(
    `SELECT (SELECT count(DISTINCT id) FROM ${table})::INTEGER AS touched, count(*)::INTEGER AS total FROM samples`,
  );
  if (touched === 0) return;
  const all = touched > total * LARGE_SHARE;
  await deriveTags(session, all ? null : await session.integers(`SELECT DISTINCT id FROM ${table}`));
}
