import type { Session } from './session';

/** What one provider has and has not answered, of samples that are not missing and whose file can be read. */
export interface ProviderStatus {
  readonly name: string;
  /** Samples it has answered for, and not failed at since. */
  readonly completed: number;
  readonly pending: number;
  readonly failed: number;
  /** Of those that failed, how many are tried again by themselves. */
  readonly retryable: number;
}

export interface ProviderStatuses {
  readonly providers: ProviderStatus[];
  /** Samples whose file no provider can use. */
  readonly unreadable: number;
}

/** @param named providers that are told of also when they have not answered for a single sample */
export async function providerStatus(
  session: Session,
  named: readonly { readonly name: string }[],
): Promise<ProviderStatuses> {
  await session.stage('named_providers', { name: { type: 'VARCHAR', values: named.map(({ name }) => name) } });
  const { unreadable, usable } = await session.row<{ unreadable: number; usable: number }>(
    `SELECT count(*) FILTER (error_code IS NOT NULL)::INTEGER AS unreadable,
       count(*) FILTER (error_code IS NULL)::INTEGER AS usable
     FROM samples WHERE NOT missing`,
  );
  const rows = await session.rows<Omit<ProviderStatus, 'pending'>>(
    `WITH known AS (
       SELECT name AS model, NULL AS sample_id, false AS is_failure, false AS is_retried FROM named_providers
       UNION ALL SELECT model, sample_id, false, false FROM taggings
       UNION ALL SELECT model, sample_id, true, next_try IS NOT NULL FROM tagging_failures WHERE model <> ''
     ), by_sample AS (
       SELECT model, sample_id, bool_or(is_failure) AS failed, bool_or(is_retried) AS retried FROM known
       WHERE sample_id IS NULL OR sample_id IN (SELECT id FROM samples WHERE NOT missing AND error_code IS NULL)
       GROUP BY model, sample_id
     )
     SELECT model AS name, count(*) FILTER (sample_id IS NOT NULL AND NOT failed)::INTEGER AS completed,
       count(*) FILTER (failed)::INTEGER AS failed, count(*) FILTER (retried)::INTEGER AS retryable
     FROM by_sample GROUP BY model ORDER BY model`,
  );
  const providers = rows.map((row) => ({ ...row, pending: usable - row.completed - row.failed }));
  return { providers, unreadable };
}
