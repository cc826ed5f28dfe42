import type { Session } from './session';

/** One decision, with all that is known of it. */
export interface DecisionRow {
  readonly id: number;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly time: string;
  /** Null where a decision was written by other means than this program's. */
  readonly operation: number | null;
  readonly title: string | null;
  readonly cause: 'do' | 'undo' | 'redo';
  readonly path: string;
  /** SHA-256 of the file as it is now, or null. */
  readonly contentHash: string | null;
  /** As it was called when it was decided about, and as it is called now. */
  readonly tag: string;
  readonly canonicalTag: string;
  readonly dimension: string;
  readonly action: 'added' | 'approved' | 'rejected' | 'removed' | 'withdrawn';
  /** Who was surest of the tag before that, as far as it is still known, and how sure (0 to 100); null: nobody. */
  readonly provider: string | null;
  readonly score: number | null;
}

const BATCH_ROWS = 20_000;

/** Those with the ids that follow on `after`, in order; none at the end. */
export async function decisionBatch(session: Session, after: number): Promise<DecisionRow[]> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE logged AS
     SELECT d.*, coalesce(t.alias_of, d.tag) AS canonical
     FROM decisions d LEFT JOIN tags t ON t.name = d.tag
     WHERE d.id > $1::INTEGER ORDER BY d.id LIMIT ${BATCH_ROWS}`,
    [after],
  );
  return session.rows<DecisionRow>(
    `WITH said AS (
       SELECT sample_id, model, tag, score, run_id FROM predictions
       UNION ALL SELECT sample_id, model, tag, score, run_id FROM replaced_predictions
     ), suggested AS (
       SELECT logged.id, max({score: least(said.score * coalesce(m.factor, 1), 100), model: said.model}) AS best
       FROM said
       LEFT JOIN tag_mappings own ON own.provider = said.model AND own.external_tag = said.tag
       LEFT JOIN tag_mappings shared ON shared.provider = '' AND shared.external_tag = said.tag
       LEFT JOIN tag_mappings m ON m.external_tag = said.tag AND m.provider = coalesce(own.provider, shared.provider)
       LEFT JOIN tags t ON t.name = coalesce(m.tag, said.tag)
       JOIN runs r ON r.id = said.run_id
       JOIN logged ON logged.sample_id = said.sample_id
         AND logged.canonical = coalesce(t.alias_of, m.tag, said.tag) AND r.started_at <= logged.made_at
       WHERE m.action IS DISTINCT FROM 'ignore' AND said.sample_id IN (SELECT sample_id FROM logged)
       GROUP BY logged.id
     )
     SELECT logged.id, strftime(logged.made_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS time, logged.operation_id AS operation,
       o.title, logged.cause, s.path, s.content_hash AS "contentHash", logged.tag, logged.canonical AS "canonicalTag",
       logged.dimension, logged.action, best.model AS provider, best.score AS score
     FROM logged
     JOIN samples s ON s.id = logged.sample_id
     LEFT JOIN operations o ON o.id = logged.operation_id
     LEFT JOIN suggested ON suggested.id = logged.id
     ORDER BY logged.id`,
  );
}
