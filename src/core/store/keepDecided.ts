import { decidedSql } from './decided';
import { appendDecisions } from './decisions';
import type { Session } from './session';

/**
 * Notes what people decided about tags that are about to become one: of each sample whether one of them is given (in
 * `joined_decisions`), else whether one is kept away.
 */
export async function stageDecided(session: Session, tags: readonly string[]): Promise<void> {
  await session.stage('joined_tags', { tag: { type: 'VARCHAR', values: tags } });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE joined_decisions AS
     SELECT sample_id, bool_or(given) AS given, bool_or(given) AND NOT bool_and(given) AS conflicting,
       arg_max(dimension, (given, decision_id)) AS dimension
     FROM (
       SELECT *, action IN ('added', 'approved') AS given
       FROM (${decidedSql({ samples: null })}) SEMI JOIN joined_tags USING (tag)
     )
     GROUP BY sample_id`,
  );
}

/**
 * After `stageDecided` and the joining: of several decisions on what is now one tag the last one holds, which may be
 * one that gave way. What was given under one of the names stays given, what was kept away stays away.
 */
export async function keepDecided(
  session: Session,
  tag: string,
  operationId: number,
  cause: 'do' | 'redo',
): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE keeping AS
     SELECT joined.sample_id, $1 AS tag, joined.dimension,
       CASE WHEN joined.given THEN 'added' ELSE 'removed' END AS action
     FROM joined_decisions joined
     LEFT JOIN (SELECT * FROM (${decidedSql({ samples: null })}) WHERE tag = $1) held USING (sample_id)
     WHERE joined.given IS DISTINCT FROM (held.action IN ('added', 'approved'))`,
    [tag],
  );
  await appendDecisions(session, 'keeping', operationId, cause);
}
