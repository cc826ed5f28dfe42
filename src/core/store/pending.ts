import { stageIds, type Session } from './session';
import { FILE_FAILURES } from './taggingFailures';

/**
 * Which failed samples a run takes up: beside what it has to do anyway those whose time has come (`due`) or all
 * (`all-failed`), or nothing else but those (`only-due`, `only-failed`).
 */
export type Retry = 'due' | 'all-failed' | 'only-due' | 'only-failed';

export interface PendingOptions {
  /** Null when only descriptors are wanted. */
  readonly provider: string | null;
  readonly embedder: string | null;
  readonly retry: Retry;
  /** Nothing but these samples; all by default. */
  readonly among?: readonly number[] | null;
}

export interface PendingSample {
  readonly id: number;
  readonly path: string;
  readonly mtimeMs: number;
}

/** Conditions on samples, from what a run takes up. Texts and numbers of the code alone, so that they need no binding. */
export interface RetryConditions {
  /** On `samples s` whose file cannot be used, `files` being its row in `FILE_FAILURES`. */
  readonly file: string;
  /** On what one provider failed at, `mine` being its row in `tagging_failures`. */
  readonly provider: string;
  /** On samples that nothing failed at. */
  readonly others: string;
  /** On all of them. */
  readonly among: string;
}

/** Stages `among`. */
export async function retryConditions(
  session: Session,
  retry: Retry,
  among: readonly number[] | null = null,
): Promise<RetryConditions> {
  if (among !== null) await stageIds(session, 'among_samples', among);
  const all = retry === 'all-failed' || retry === 'only-failed';
  const isDue = (nextTry: string) => `${nextTry} <= make_timestamp(${Date.now()}::BIGINT * 1000)`;
  return {
    // Databases of before tries were counted know nothing of the next one: what may pass is due then.
    file: all
      ? 'true'
      : `coalesce(${isDue('files.next_try')}, files.sample_id IS NULL AND s.error_code = 'unreadable')`,
    provider: all ? 'true' : `coalesce(${isDue('mine.next_try')}, false)`,
    others: retry.startsWith('only') ? 'false' : 'true',
    among: among === null ? 'true' : 's.id IN (SELECT id FROM among_samples)',
  };
}

/** Samples, by path, that were never analysed: they have neither measures nor a thumbnail. */
export async function unmeasuredSamples(
  session: Session,
  retry: Retry,
  among: readonly number[] | null = null,
): Promise<PendingSample[]> {
  const takesUp = await retryConditions(session, retry, among);
  return session.rows(
    `SELECT s.id, s.path, s.mtime_ms AS "mtimeMs"
     FROM samples s LEFT JOIN (${FILE_FAILURES}) files ON files.sample_id = s.id
     WHERE NOT s.missing AND s.lightness IS NULL AND ${takesUp.among}
       AND CASE WHEN s.error_code IS NOT NULL THEN ${takesUp.file} ELSE ${takesUp.others} END
     ORDER BY s.path, s.id`,
  );
}

/** Samples that a run has to look at, by path: files of one folder lie together on the disk. */
export async function pendingSamples(session: Session, options: PendingOptions): Promise<PendingSample[]> {
  const { provider, embedder, retry, among } = options;
  const takesUp = await retryConditions(session, retry, among);
  return session.rows(
    `SELECT s.id, s.path, s.mtime_ms AS "mtimeMs"
     FROM samples s
     LEFT JOIN (${FILE_FAILURES}) files ON files.sample_id = s.id
     LEFT JOIN (SELECT * FROM tagging_failures WHERE model = $1) mine ON mine.sample_id = s.id
     WHERE NOT s.missing AND ${takesUp.among} AND CASE
       WHEN s.error_code IS NOT NULL THEN ${takesUp.file}
       WHEN mine.sample_id IS NOT NULL THEN ${takesUp.provider}
       ELSE ${takesUp.others}
         AND (($1 IS NOT NULL AND s.id NOT IN (SELECT sample_id FROM taggings WHERE model = $1))
           OR ($2 IS NOT NULL AND s.id NOT IN (SELECT sample_id FROM descriptors WHERE model = $2)))
       END
     ORDER BY s.path, s.id`,
    [provider, embedder],
  );
}
