import { stageIds, type Session } from './session';

/** What the status of `samples` says, when it did not fail, while no run has it in hand. */
export const STATUS_WITHOUT_ERROR =
  "CASE WHEN samples.id IN (SELECT sample_id FROM taggings) THEN 'completed' ELSE 'pending' END";

export async function markProcessing(session: Session, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await stageIds(session, 'staged', ids);
  await session.run(`UPDATE samples SET tagging_status = 'processing' FROM staged WHERE staged.id = samples.id`);
}

/** Takes samples out of the hands of a run that has ended, however it ended. */
export function releaseSamples(session: Session): Promise<void> {
  return session.run(
    `UPDATE samples
     SET tagging_status = CASE WHEN samples.error_code IS NOT NULL THEN 'failed' ELSE ${STATUS_WITHOUT_ERROR} END
     WHERE samples.tagging_status = 'processing'`,
  );
}
