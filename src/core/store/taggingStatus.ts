import { stageIds, type Session } from './session';

/**
 * What the status of `samples` says while no run has it in hand, the summary of what is known of it: `failed` where the
 * file cannot be used; else `completed` where some provider has answered; else `failed` where one could not; else
 * `pending`.
 */
const STATUS = `
  CASE WHEN samples.error_code IS NOT NULL THEN 'failed'
    WHEN samples.id IN (SELECT sample_id FROM taggings) THEN 'completed'
    WHEN samples.id IN (SELECT sample_id FROM tagging_failures WHERE model <> '') THEN 'failed'
    ELSE 'pending' END`;

/**
 * Has status and error of staged samples say again what is known of them. Where no provider has answered, `error` is
 * what the last one failed with.
 */
export function summarizeStatus(session: Session, staged: string): Promise<void> {
  return session.run(`
    UPDATE samples SET tagging_status = ${STATUS},
      error = CASE WHEN samples.error_code IS NOT NULL THEN samples.error
        WHEN samples.id NOT IN (SELECT sample_id FROM taggings) THEN told.message END
    FROM (
      SELECT ${staged}.id, arg_max(f.message, f.failed_at) AS message
      FROM ${staged} LEFT JOIN tagging_failures f ON f.sample_id = ${staged}.id AND f.model <> ''
      GROUP BY ${staged}.id
    ) told
    WHERE told.id = samples.id`);
}

export async function markProcessing(session: Session, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await stageIds(session, 'staged', ids);
  await session.run(`UPDATE samples SET tagging_status = 'processing' FROM staged WHERE staged.id = samples.id`);
}

/** Takes samples out of the hands of a run that has ended, however it ended. */
export function releaseSamples(session: Session): Promise<void> {
  return session.run(`UPDATE samples SET tagging_status = ${STATUS} WHERE samples.tagging_status = 'processing'`);
}
