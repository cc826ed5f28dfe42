import type { Session } from './session';

export interface PendingOptions {
  /** Null when only descriptors are wanted. */
  readonly provider: string | null;
  readonly embedder: string | null;
  /** Which failed samples to try once more: those whose file could not be read, or all. */
  readonly retry: 'unreadable' | 'all-failed';
}

export interface PendingSample {
  readonly id: number;
  readonly path: string;
  readonly mtimeMs: number;
}

/** Samples, by path, that were never analysed: they have neither measures nor a thumbnail. */
export function unmeasuredSamples(session: Session, retry: PendingOptions['retry']): Promise<PendingSample[]> {
  return session.rows(
    `SELECT id, path, mtime_ms AS "mtimeMs" FROM samples
     WHERE NOT missing AND lightness IS NULL AND (tagging_status <> 'failed' OR $1 OR error_code = 'unreadable')
     ORDER BY path, id`,
    [retry === 'all-failed'],
  );
}

/** Samples that a run has to look at, by path: files of one folder lie together on the disk. */
export function pendingSamples(session: Session, options: PendingOptions): Promise<PendingSample[]> {
  return session.rows(
    `SELECT id, path, mtime_ms AS "mtimeMs" FROM samples
     WHERE NOT missing AND CASE
       WHEN tagging_status = 'failed' THEN $3 OR error_code = 'unreadable'
       ELSE ($1 IS NOT NULL AND
             (tagging_status <> 'completed' OR id NOT IN (SELECT sample_id FROM taggings WHERE model = $1)))
         OR ($2 IS NOT NULL AND id NOT IN (SELECT sample_id FROM descriptors WHERE model = $2))
       END
     ORDER BY path, id`,
    [options.provider, options.embedder, options.retry === 'all-failed'],
  );
}
