import { deriveStaged } from './derive';
import { deriveBetweenThresholds, noteChangedAnswers } from './deriveBetweenThresholds';
import { knownAnswers } from './knownAnswers';
import { limitsSql, stagePolicyOfKnown } from './policyMatrix';
import type { Session } from './session';

/** Above this share of all samples it is quicker to write everything anew. */
const LARGE_SHARE = 0.5;
/** The first of so many parts of the samples tells about the share. */
const PARTS = 16;

/** Rules of before the change. */
const RULES_BEFORE = 'CREATE OR REPLACE TEMP TABLE rules_before AS FROM policies';

/** Whether the rules decide otherwise how many tags an image gets, or which names of models are held back. */
const ALL_DIFFER = `
  SELECT EXISTS (
    FROM policies now FULL JOIN rules_before before USING (origin, provider, dimension)
    WHERE (now.max_tags, now.hold_unmapped) IS DISTINCT FROM (before.max_tags, before.hold_unmapped)
  ) AS differ`;

const NEW_LIMITS = `
  CREATE OR REPLACE TEMP TABLE new_limits AS
  ${limitsSql('(SELECT DISTINCT model AS provider, dimension FROM policy_answers)')}`;

/**
 * From which score up to which one a prediction now counts otherwise than before: between the two thresholds, or from
 * the lower one on where what reaches it is approved otherwise.
 */
const CHANGED_NAMES = `
  CREATE OR REPLACE TEMP TABLE changed_names AS
  SELECT n.model, n.said_dimension, n.said_tag, n.factor, least(a.threshold, now.threshold) AS lowest,
    CASE WHEN a.auto_approve = now.auto_approve THEN greatest(a.threshold, now.threshold) END AS highest
  FROM policy_names n
  JOIN policy_answers a USING (id)
  JOIN new_limits now ON now.provider = a.model AND now.dimension = a.dimension
  WHERE (a.threshold, a.auto_approve) IS DISTINCT FROM (now.threshold, now.auto_approve)`;

const TAKE_LIMITS = `
  UPDATE policy_answers SET threshold = now.threshold, auto_approve = now.auto_approve
  FROM new_limits now WHERE now.provider = policy_answers.model AND now.dimension = policy_answers.dimension`;

const PASS_LIMITS_ON = `
  UPDATE policy_names SET threshold = a.threshold, auto_approve = a.auto_approve
  FROM policy_answers a WHERE a.id = policy_names.id`;

/**
 * Rounding is on the safe side: a sample too many is derived to what it has.
 * @param last the highest id that is looked at
 */
const touchedSql = (last: number) => `
  SELECT DISTINCT p.sample_id AS id
  FROM predictions p
  JOIN changed_names c ON c.model = p.model AND c.said_dimension = p.dimension AND c.said_tag = p.tag
  WHERE p.sample_id <= ${last} AND p.score * c.factor >= c.lowest - 0.001
    AND (c.highest IS NULL OR p.score * c.factor <= c.highest + 0.001)`;

/** Changes rules, and derives the tags of the samples for which that makes a difference. */
export async function deriveWhatChanges(session: Session, change: () => Promise<void>): Promise<void> {
  await stagePolicyOfKnown(session);
  await session.run(RULES_BEFORE);
  await change();
  const { differ } = await session.row<{ differ: boolean }>(ALL_DIFFER);
  if (differ) {
    await stagePolicyOfKnown(session);
    return deriveStaged(session, null);
  }
  await session.run(NEW_LIMITS);
  await session.run(CHANGED_NAMES);
  await noteChangedAnswers(session);
  await session.run(TAKE_LIMITS);
  await session.run(PASS_LIMITS_ON);
  if (await deriveBetweenThresholds(session)) return;
  const last = await session.row<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM samples');
  const part = Math.floor(last.id / PARTS);
  if (await isLarge(session, `(${touchedSql(part)})`, part)) return deriveAll(session);
  await session.run(`CREATE OR REPLACE TEMP TABLE touched AS ${touchedSql(last.id)}`);
  const { some } = await session.row<{ some: boolean }>('SELECT EXISTS (FROM touched) AS some');
  if (!some) return;
  if (await isLarge(session, 'touched', last.id)) return deriveAll(session);
  await deriveStaged(session, 'touched');
}

async function deriveAll(session: Session): Promise<void> {
  await deriveStaged(session, null, await knownAnswers(session));
}

/** Whether `touched` are a large share of the samples with an id up to `last`. */
async function isLarge(session: Session, touched: string, last: number): Promise<boolean> {
  const { large } = await session.row<{ large: boolean }>(
    `SELECT (SELECT count(*) FROM ${touched}) > ${LARGE_SHARE} * count(*) AS large FROM samples WHERE id <= ${last}`,
  );
  return large;
}
