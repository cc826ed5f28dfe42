import { stagePolicy } from './answers';
import { decidedSql } from './decided';
import { stageAncestors } from './implications';
import { stageIds, type Session } from './session';
import { stageSuggestions } from './suggestions';
import { writeDerived } from './writeDerived';

/** Raised whenever the same predictions, policy and decisions could give other tags: those stored are then made anew. */
export const DERIVE_VERSION = 1;

/**
 * Rebuilds the tags of some samples (all of them: `null`), set-wise, from predictions, rules and decisions. Part of the
 * transaction that changed what they come from.
 */
export async function deriveTags(session: Session, ids: ArrayLike<number> | null): Promise<void> {
  const samples = ids === null ? null : 'touched';
  if (ids !== null) await stageIds(session, 'touched', ids);
  await stagePolicy(session, samples);
  await deriveStaged(session, samples);
}

/**
 * The same of the samples in a temporary table (null: all), when `stagePolicy` has been called.
 * @param known what `knownAnswers` said, where all samples are derived
 */
export async function deriveStaged(session: Session, samples: string | null, known?: string): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE decided AS ${decidedSql({ samples })}`);
  const implications = await stageAncestors(session);
  await stageSuggestions(session, { samples, implications, known });
  await writeDerived(session, { samples, implications });
}

/** Derives everything when the stored tags were derived by other rules than these. */
export async function ensureDerived(session: Session): Promise<void> {
  if (await isDerived(session)) return;
  await deriveTags(session, null);
  await session.run('UPDATE datasets SET derived_by = $1::INTEGER', [DERIVE_VERSION]);
}

/** Whether the stored tags were derived by the present rules. */
export async function isDerived(session: Session): Promise<boolean> {
  const { current } = await session.row<{ current: boolean }>(
    'SELECT coalesce(bool_and(derived_by IS NOT DISTINCT FROM $1::INTEGER), true) AS current FROM datasets',
    [DERIVE_VERSION],
  );
  return current;
}
