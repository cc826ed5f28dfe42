import type { Session } from './session';

export interface DatasetCounts {
  /** Samples that are not missing; the next three add up to it. */
  readonly total: number;
  readonly completed: number;
  /** Those being processed included. */
  readonly pending: number;
  readonly failed: number;
  readonly missing: number;
  /** Samples, not missing, that have an embedding of any model. */
  readonly embedded: number;
  /** Samples, not missing, that have a place on the map of any model. */
  readonly mapped: number;
}

export function counts(session: Session): Promise<DatasetCounts> {
  return session.row(`
    SELECT count(*) FILTER (NOT missing)::INTEGER AS total,
      count(*) FILTER (NOT missing AND tagging_status = 'completed')::INTEGER AS completed,
      count(*) FILTER (NOT missing AND tagging_status IN ('pending', 'processing'))::INTEGER AS pending,
      count(*) FILTER (NOT missing AND tagging_status = 'failed')::INTEGER AS failed,
      count(*) FILTER (missing)::INTEGER AS missing,
      count(*) FILTER (NOT missing AND id IN (SELECT sample_id FROM embedding_vectors))::INTEGER AS embedded,
      count(*) FILTER (NOT missing AND id IN (SELECT sample_id FROM map_points))::INTEGER AS mapped
    FROM samples`);
}

/** How many samples, not missing, have each tag. Most frequent first. */
export async function tagCounts(session: Session): Promise<Record<string, number>> {
  const rows = await session.rows<{ tag: string; count: number }>(`
    SELECT tag, count(*)::INTEGER AS count FROM sample_tags
    ANTI JOIN (SELECT id FROM samples WHERE missing) gone ON gone.id = sample_id
    GROUP BY tag ORDER BY count DESC, tag`);
  return Object.fromEntries(rows.map(({ tag, count }) => [tag, count]));
}

export interface FailedSample {
  readonly path: string;
  /** The provider that could not answer, by name; null where the file itself cannot be used. */
  readonly provider: string | null;
  readonly code: string;
  readonly reason: string;
}

/** By path, and of one sample by provider. */
export function failures(session: Session): Promise<FailedSample[]> {
  return session.rows(`
    SELECT path, NULL AS provider, error_code AS code, coalesce(error, '') AS reason
    FROM samples WHERE NOT missing AND error_code IS NOT NULL
    UNION ALL
    SELECT path, model, code, message
    FROM tagging_failures JOIN samples s ON s.id = sample_id
    WHERE NOT s.missing AND s.error_code IS NULL AND model <> ''
    ORDER BY path, provider`);
}

/** Models that have embedded something, the one with most samples first. Missing samples do not count. */
export function embeddingModels(session: Session): Promise<{ model: string; count: number; mapped: number }[]> {
  return session.rows(`
    SELECT model, count(*)::INTEGER AS count, count(x)::INTEGER AS mapped
    FROM embeddings ANTI JOIN (SELECT id FROM samples WHERE missing) gone ON gone.id = sample_id
    GROUP BY model ORDER BY count DESC, model`);
}
