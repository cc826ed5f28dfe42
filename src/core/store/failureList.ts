import type { Session } from './session';
import { FILE_FAILURES } from './taggingFailures';

export interface FailurePage {
  /** Null: of all, those of the files themselves first. */
  readonly provider: string | null;
  readonly offset: number;
  readonly limit: number;
}

/** A sample that a provider could not answer for, or (`provider` null) whose file nobody can use. */
export interface TaggingFailure {
  readonly id: number;
  readonly path: string;
  readonly provider: string | null;
  readonly code: string;
  readonly reason: string;
  readonly attempts: number;
  /** ISO 8601 in UTC; null when trying again cannot help before the file changes. */
  readonly nextTry: string | null;
}

/** By provider, then by path. Failures of a sample whose file cannot be used are told of the file alone. */
export async function failureList(
  session: Session,
  { provider, offset, limit }: FailurePage,
): Promise<{ total: number; rows: TaggingFailure[] }> {
  const all = `
    SELECT s.id, s.path, NULL AS provider, s.error_code AS code, coalesce(s.error, '') AS reason,
      coalesce(f.attempts, 1)::INTEGER AS attempts, f.next_try
    FROM samples s LEFT JOIN (${FILE_FAILURES}) f ON f.sample_id = s.id
    WHERE NOT s.missing AND s.error_code IS NOT NULL AND $1::VARCHAR IS NULL
    UNION ALL
    SELECT s.id, s.path, f.model, f.code, f.message, f.attempts, f.next_try
    FROM tagging_failures f JOIN samples s ON s.id = f.sample_id
    WHERE NOT s.missing AND s.error_code IS NULL AND f.model <> '' AND f.model = coalesce($1, f.model)`;
  const { total } = await session.row<{ total: number }>(`SELECT count(*)::INTEGER AS total FROM (${all})`, [provider]);
  const rows = await session.rows<TaggingFailure>(
    `SELECT id, path, provider, code, reason, attempts, strftime(next_try, '%Y-%m-%dT%H:%M:%SZ') AS "nextTry"
     FROM (${all}) ORDER BY provider NULLS FIRST, path, id LIMIT $2::BIGINT OFFSET $3::BIGINT`,
    [provider, limit, offset],
  );
  return { total, rows };
}

/** When the next of these providers' failures ('' for the files themselves) is due; null when none ever is. */
export async function nextRetry(session: Session, providers: readonly string[]): Promise<Date | null> {
  await session.stage('named_providers', { name: { type: 'VARCHAR', values: providers } });
  const { at } = await session.row<{ at: number | null }>(
    `SELECT epoch_ms(min(next_try))::DOUBLE AS at
     FROM tagging_failures f SEMI JOIN named_providers n ON n.name = f.model
     SEMI JOIN (SELECT id FROM samples WHERE NOT missing) present ON present.id = f.sample_id`,
  );
  return at === null ? null : new Date(at);
}
