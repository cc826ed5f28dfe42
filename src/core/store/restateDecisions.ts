import { decidedSql } from './decided';
import { appendDecisions } from './decisions';
import type { Session } from './session';

/**
 * Brings what is decided back to what it was after the decision with the id `after`, by new decisions: whatever was
 * done later has been undone before. What was written by other means than operations since then is left as it is.
 * Leaves the temporary table `restated` (sample_id, tag, dimension, action).
 */
export async function restateDecisions(session: Session, operationId: number, after: number): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE restated_samples AS
     SELECT DISTINCT sample_id AS id FROM decisions WHERE id > $1::INTEGER AND operation_id IS NOT NULL`,
    [after],
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE restated AS
     WITH pairs AS (
       SELECT d.sample_id, coalesce(t.alias_of, d.tag) AS tag, arg_max(d.dimension, d.id) AS dimension
       FROM decisions d LEFT JOIN tags t ON t.name = d.tag
       WHERE d.id > $1::INTEGER AND d.operation_id IS NOT NULL
       GROUP BY ALL
     ), foreign_ids AS (
       SELECT id FROM decisions WHERE id > $1::INTEGER AND operation_id IS NULL
     )
     SELECT pairs.sample_id, pairs.tag, coalesce(before.dimension, pairs.dimension) AS dimension,
       coalesce(before.action, 'withdrawn') AS action
     FROM pairs
     LEFT JOIN (${decidedSql({ samples: 'restated_samples', upTo: after })}) before USING (sample_id, tag)
     LEFT JOIN (${decidedSql({ samples: 'restated_samples' })}) now USING (sample_id, tag)
     WHERE before.action IS DISTINCT FROM now.action
       AND (now.decision_id IS NULL OR now.decision_id NOT IN (SELECT id FROM foreign_ids))`,
    [after],
  );
  await appendDecisions(session, 'restated', operationId, 'undo');
}
