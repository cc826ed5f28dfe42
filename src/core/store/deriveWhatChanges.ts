import { deriveStaged } from './derive';
import { MAX_TAGS, resolvePolicy, stageSaid } from './policyMatrix';
import type { Session } from './session';

/** Above this share of all samples it is quicker to write everything anew. */
const LARGE_SHARE = 0.5;

/** What names stand for, in a form that can be compared after the rules have changed. */
const MEANINGS = `
  SELECT n.model, n.said_dimension, n.said_tag, n.factor, n.threshold, n.auto_approve, a.tag, a.dimension
  FROM policy_names n JOIN policy_answers a ON a.id = n.id`;

/**
 * From which score up to which one a prediction now counts otherwise than before: between two thresholds where only
 * that is another one, else from the lower one on.
 */
const CHANGED_NAMES = `
  CREATE OR REPLACE TEMP TABLE changed_names AS
  WITH after AS (${MEANINGS})
  SELECT model, said_dimension, said_tag, least(b.factor, a.factor) AS least_factor,
    greatest(b.factor, a.factor) AS greatest_factor, least(b.threshold, a.threshold) AS lowest,
    CASE WHEN b.tag = a.tag AND b.dimension = a.dimension AND b.factor = a.factor AND b.auto_approve = a.auto_approve
      THEN greatest(b.threshold, a.threshold) END AS highest
  FROM meanings_before b FULL JOIN after a USING (model, said_dimension, said_tag)
  WHERE (b.tag, b.dimension, b.factor, b.threshold, b.auto_approve)
    IS DISTINCT FROM (a.tag, a.dimension, a.factor, a.threshold, a.auto_approve)`;

/** Rounding is on the safe side: a sample too many is derived to what it has. */
const TOUCHED = `
  CREATE OR REPLACE TEMP TABLE touched AS
  SELECT DISTINCT p.sample_id AS id
  FROM predictions p
  JOIN changed_names c ON c.model = p.model AND c.said_dimension = p.dimension AND c.said_tag = p.tag
  WHERE p.score * c.greatest_factor >= c.lowest - 0.001
    AND (c.highest IS NULL OR p.score * c.least_factor <= c.highest + 0.001)`;

/** Changes rules, and derives the tags of the samples for which that makes a difference. */
export async function deriveWhatChanges(session: Session, change: () => Promise<void>): Promise<void> {
  const limit = () => session.row<{ most: number }>(`SELECT ${MAX_TAGS} AS most`);
  await stageSaid(session);
  await resolvePolicy(session);
  await session.run(`CREATE OR REPLACE TEMP TABLE meanings_before AS ${MEANINGS}`);
  const { most } = await limit();
  await change();
  await resolvePolicy(session);
  if (most !== (await limit()).most) return deriveStaged(session, null);
  await session.run(CHANGED_NAMES);
  await session.run(TOUCHED);
  const { share } = await session.row<{ share: number | null }>(
    'SELECT (SELECT count(*) FROM touched) / nullif(count(*), 0)::DOUBLE AS share FROM samples',
  );
  if (share !== null && share > 0) await deriveStaged(session, share > LARGE_SHARE ? null : 'touched');
}
