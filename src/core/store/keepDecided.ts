import { decidedSql } from './decided';
import { appendDecisions } from './decisions';
import type { Session } from './session';

/** By whose doing names become one. */
export interface JoiningCause {
  /** Null where it cannot be undone as an operation. */
  readonly operationId: number | null;
  readonly cause: 'do' | 'redo';
}

export const NO_OPERATION: JoiningCause = { operationId: null, cause: 'do' };

/** Where names stand for what they did not stand for before, what was decided about either of them. */
const JOINED = `
  CREATE OR REPLACE TEMP TABLE joined_decisions AS
  WITH moved AS (
    SELECT now.name, before.alias_of AS before, now.alias_of AS target
    FROM tags now LEFT JOIN aliases_before before USING (name)
    WHERE now.alias_of IS NOT NULL AND now.alias_of IS DISTINCT FROM before.alias_of
  ), parted AS ( -- aliases that left their tag for another one
    SELECT m.name, m.target FROM moved m
    WHERE m.before IS NOT NULL AND NOT EXISTS (FROM moved o WHERE o.name = m.before AND o.target = m.target)
  ), concerned AS (
    SELECT d.sample_id, moved.target AS tag, d.dimension, d.action, d.decision_id
    FROM decided_before d JOIN moved ON moved.name = d.tag AND moved.before IS NULL
    UNION ALL
    SELECT d.sample_id, d.tag, d.dimension, d.action, d.decision_id
    FROM decided_before d SEMI JOIN moved ON moved.target = d.tag
    UNION ALL
    SELECT d.sample_id, parted.target, arg_max(d.dimension, d.id), arg_max(d.action, d.id), max(d.id)
    FROM decisions d JOIN parted ON parted.name = d.tag
    GROUP BY d.sample_id, parted.name, parted.target HAVING arg_max(d.action, d.id) <> 'withdrawn'
  )
  SELECT sample_id, tag, bool_or(given) AS given, arg_max(dimension, {given: given, id: decision_id}) AS dimension
  FROM (SELECT *, action IN ('added', 'approved') AS given FROM concerned)
  GROUP BY sample_id, tag`;

/**
 * Does something that makes names aliases. Of several decisions on what is then one tag the last one holds, which may
 * be one that gave way: what was given under one of the names stays given, else what was kept away stays away.
 */
export async function keepingDecided(
  session: Session,
  { operationId, cause }: JoiningCause,
  join: () => Promise<void>,
): Promise<void> {
  await session.run('CREATE OR REPLACE TEMP TABLE aliases_before AS SELECT name, alias_of FROM tags');
  await session.run(`CREATE OR REPLACE TEMP TABLE decided_before AS ${decidedSql({ samples: null })}`);
  await join();
  await session.run(JOINED);
  await session.run(`
    CREATE OR REPLACE TEMP TABLE keeping AS
    SELECT joined.sample_id, joined.tag, joined.dimension,
      CASE WHEN joined.given THEN 'added' ELSE 'removed' END AS action
    FROM joined_decisions joined
    LEFT JOIN (${decidedSql({ samples: null })}) held USING (sample_id, tag)
    WHERE joined.given IS DISTINCT FROM (held.action IN ('added', 'approved'))`);
  await appendDecisions(session, 'keeping', operationId, cause);
}
