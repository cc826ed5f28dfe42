import type { Session } from './session';
import { FILE, noteStagedFailures } from './taggingFailures';
import { summarizeStatus } from './taggingStatus';

/** Notes files of `group_files` that nobody could use, nor anybody here. @returns how many of them are new */
export async function importFileFailures(session: Session, runId: number): Promise<number> {
  const failed = await stageFailing(
    session,
    FILE,
    `SELECT s.id, p.code, p.message, p.position
     FROM part_rows p SEMI JOIN group_files USING (position)
     JOIN samples s ON s.path = p.path AND s.size = p.size AND NOT s.missing
     WHERE p.kind = 'file-failure' AND s.content_hash IS NULL`,
  );
  if (failed === 0) return 0;
  await noteStagedFailures(session, runId, FILE);
  await session.run(`
    UPDATE samples SET tagging_status = 'failed', error_code = code, error = message
    FROM failing WHERE failing.id = samples.id`);
  return failed;
}

/** Notes what the model failed at in `group_files` and has not answered here. @returns how many of them are new */
export async function importModelFailures(session: Session, runId: number, model: string): Promise<number> {
  const failed = await stageFailing(
    session,
    model,
    `SELECT i.id, p.code, p.message, p.position
     FROM part_rows p SEMI JOIN group_files USING (position) JOIN part_images i USING (position, path)
     ANTI JOIN (FROM taggings WHERE model = $1) t ON t.sample_id = i.id
     WHERE p.kind = 'failure' AND i.verdict = 'same'`,
  );
  if (failed === 0) return 0;
  await noteStagedFailures(session, runId, model);
  await summarizeStatus(session, 'failing');
  return failed;
}

/** What is known, in the same words, is no further failure. */
async function stageFailing(session: Session, model: string, failures: string): Promise<number> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE failing AS
     SELECT DISTINCT ON (f.id) f.id, f.code, f.message FROM (${failures}) f
     LEFT JOIN tagging_failures known ON known.sample_id = f.id AND known.model = $1 AND known.code = f.code
     WHERE known.sample_id IS NULL ORDER BY f.position DESC`,
    [model],
  );
  const { failed } = await session.row<{ failed: number }>('SELECT count(*)::INTEGER AS failed FROM failing');
  return failed;
}
