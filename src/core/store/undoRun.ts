import { UserError } from '../../protocol/userError';
import { deriveTouched } from './deriveTouched';
import { ANSWER_TABLES } from './replacedAnswers';
import type { Session } from './session';
import { summarizeStatus } from './taggingStatus';

interface Run {
  readonly id: number;
  readonly model: string;
}

/**
 * Takes back what a run of a model said: what it had replaced holds again, and what nobody else has answered is to be
 * asked again. Decisions stay.
 * @throws UserError `run-under-way`, `run-unknown`, `run-kept`
 */
export async function undoRun(session: Session, id: number): Promise<void> {
  await requireIdle(session);
  const run = await stageRun(session, id, 'undo');
  for (const { table, archive } of ANSWER_TABLES) {
    // Answers stand for the dimension they are in; there is one caption and one tagging of a model.
    const place = table === 'predictions' ? 'sample_id, model, dimension' : 'sample_id, model';
    await session.run(
      `INSERT INTO ${archive} SELECT *, run_id FROM ${table} WHERE run_id = $1::INTEGER AND model = $2`,
      [id, run.model],
    );
    await session.run(`DELETE FROM ${table} WHERE run_id = $1::INTEGER AND model = $2`, [id, run.model]);
    await session.run(
      `UPDATE ${archive} SET replaced_by = run_id WHERE replaced_by = $1::INTEGER AND model = $2
         AND run_id IN (SELECT id FROM runs WHERE undone_at IS NOT NULL)`,
      [id, run.model],
    );
    // The archive keeps a copy, by which restoring the run knows what to take away again.
    await session.run(
      `INSERT INTO ${table}
       SELECT * EXCLUDE (replaced_by) FROM ${archive}
       ANTI JOIN ${table} present USING (${place})
       WHERE replaced_by = $1::INTEGER AND run_id <> $1::INTEGER AND model = $2`,
      [id, run.model],
    );
  }
  await session.run('UPDATE runs SET undone_at = make_timestamp($2::BIGINT * 1000) WHERE id = $1::INTEGER', [
    id,
    Date.now(),
  ]);
  await settle(session);
}

/** Has an undone run hold again, as long as its model has not answered anew since. @throws UserError as `undoRun` */
export async function restoreRun(session: Session, id: number): Promise<void> {
  await requireIdle(session);
  const run = await stageRun(session, id, 'restore');
  for (const { table, archive } of ANSWER_TABLES) {
    const place = table === 'predictions' ? 'sample_id, model, dimension' : 'sample_id, model';
    await session.run(
      `CREATE OR REPLACE TEMP TABLE outgoing AS
       SELECT * FROM ${table} SEMI JOIN (FROM ${archive} WHERE replaced_by = $1::INTEGER AND model = $2) kept
         USING (${place})`,
      [id, run.model],
    );
    await session.run(
      `DELETE FROM ${archive} WHERE replaced_by = $1::INTEGER AND run_id <> $1::INTEGER AND model = $2`,
      [id, run.model],
    );
    await session.run(
      `DELETE FROM ${table} WHERE model = $1
         AND EXISTS (FROM outgoing o WHERE o.sample_id = ${table}.sample_id AND o.run_id = ${table}.run_id
                     ${table === 'predictions' ? `AND o.dimension = ${table}.dimension` : ''})`,
      [run.model],
    );
    await session.run(
      `INSERT INTO ${table}
       SELECT * EXCLUDE (replaced_by) FROM ${archive} WHERE replaced_by = $1::INTEGER AND model = $2`,
      [id, run.model],
    );
    await session.run(`DELETE FROM ${archive} WHERE replaced_by = $1::INTEGER AND model = $2`, [id, run.model]);
    await session.run(`INSERT INTO ${archive} SELECT *, $1::INTEGER FROM outgoing`, [id]);
  }
  await session.run('UPDATE runs SET undone_at = NULL WHERE id = $1::INTEGER', [id]);
  await settle(session);
}

async function requireIdle(session: Session): Promise<void> {
  const { busy } = await session.row<{ busy: boolean }>(
    `SELECT count(*) > 0 AS busy FROM runs WHERE outcome = 'running'`,
  );
  if (!busy) return;
  throw new UserError('run-under-way', 'A run is under way. Wait for its end, or cancel it, and try again.');
}

/** The run, with the samples it is about in the temporary table `run_samples`. */
async function stageRun(session: Session, id: number, direction: 'undo' | 'restore'): Promise<Run> {
  const [run] = await session.rows<{ id: number; kind: string; model: string | null; undone: boolean }>(
    'SELECT id, kind, model, undone_at IS NOT NULL AS undone FROM runs WHERE id = $1::INTEGER',
    [id],
  );
  if (!run) throw new UserError('run-unknown', `There is no run ${id}. Look at the list of runs again.`);
  const { model } = run;
  const sources = ANSWER_TABLES.map(({ table, archive }) =>
    direction === 'undo'
      ? `SELECT sample_id FROM ${table} WHERE run_id = $1::INTEGER AND model = $2`
      : `SELECT sample_id FROM ${archive} WHERE replaced_by = $1::INTEGER AND run_id = $1::INTEGER AND model = $2`,
  );
  if (model !== null && run.undone === (direction === 'restore') && ['tag', 'embed'].includes(run.kind)) {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE run_samples AS
       SELECT DISTINCT sample_id AS id FROM (${sources.join(' UNION ALL ')})`,
      [id, model],
    );
    const { any } = await session.row<{ any: boolean }>('SELECT count(*) > 0 AS any FROM run_samples');
    if (any) return { id, model };
  }
  throw new UserError(
    'run-kept',
    direction === 'undo'
      ? `Run ${id} cannot be undone: nothing of what it said is in force.`
      : `Run ${id} cannot be restored: its model has answered anew since, or it was not undone.`,
  );
}

async function settle(session: Session): Promise<void> {
  await summarizeStatus(session, 'run_samples');
  await deriveTouched(session, 'run_samples');
}
