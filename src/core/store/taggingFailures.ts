import type { FailureCode } from '../../protocol/workerApi';
import type { Session } from './session';

/** The `model` of failures of a file itself, whoever asks. */
export const FILE = '';

/** Attempts and next try of files that cannot be used. Those of before this was noted have none: see `IS_DUE`. */
export const FILE_FAILURES = `SELECT sample_id, attempts, next_try FROM tagging_failures WHERE model = '${FILE}'`;

/** What another try can help with: a disk that is back, memory that is free again, a service that answers. */
const PASSING: readonly FailureCode[] = ['unreadable', 'inference-failed'];

const FIRST_WAIT_SECONDS = 60;
const GROWTH = 4;
const LONGEST_WAIT_SECONDS = 86_400;
/** Share by which waits differ, so that what failed together is not tried together each time. */
const JITTER = 0.2;

/** Why one sample could not be used, or not by one provider. */
export interface SampleFailure {
  readonly id: number;
  readonly code: FailureCode;
  readonly message: string;
}

/**
 * Notes that a provider (`FILE`: anybody) failed at samples. Each further failure in a row waits four times as long for
 * the next try: a minute at first, a day at most. Where trying again cannot help there is none.
 */
export async function noteFailures(
  session: Session,
  runId: number | null,
  model: string,
  failures: readonly SampleFailure[],
): Promise<void> {
  if (failures.length === 0) return;
  await session.stage('failing', {
    id: { type: 'INTEGER', values: failures.map(({ id }) => id) },
    code: { type: 'VARCHAR', values: failures.map(({ code }) => code) },
    message: { type: 'VARCHAR', values: failures.map(({ message }) => message) },
  });
  await noteStagedFailures(session, runId, model);
}

/** The same of the `id`s with `code` and `message` in the temporary table `failing`, each once. */
export async function noteStagedFailures(session: Session, runId: number | null, model: string): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE counted_failures AS
     SELECT failing.*, coalesce(attempts, 0) + 1 AS attempts
     FROM failing LEFT JOIN tagging_failures f ON f.sample_id = failing.id AND f.model = $1`,
    [model],
  );
  await session.run('DELETE FROM tagging_failures USING failing WHERE failing.id = sample_id AND model = $1', [model]);
  await session.run(
    `INSERT INTO tagging_failures
     SELECT id, $1, $2::INTEGER, code, message, attempts, make_timestamp($3::BIGINT * 1000),
       CASE WHEN code IN (${PASSING.map((code) => `'${code}'`).join(', ')}) THEN make_timestamp($3::BIGINT * 1000 + (1e6 * least(${LONGEST_WAIT_SECONDS},
         ${FIRST_WAIT_SECONDS} * pow(${GROWTH}, least(attempts, 20) - 1) * (1 + ${JITTER} * (2 * random() - 1))))::BIGINT)
       END
     FROM counted_failures`,
    [model, runId ?? 0, Date.now()],
  );
}

/** Forgets what a provider (`FILE`: anybody; null: all of them) failed at, of the samples in a staged table. */
export function clearFailures(session: Session, staged: string, model: string | null): Promise<void> {
  return session.run(
    `DELETE FROM tagging_failures USING ${staged} WHERE ${staged}.id = sample_id AND model = coalesce($1, model)`,
    [model],
  );
}
