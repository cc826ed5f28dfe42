import { answerKeysSql } from './answers';
import { remember } from './remember';
import type { Session } from './session';

/** So many answers are kept, at most, from one change of a rule to the next: 16 bytes each. */
const KEPT_AT_MOST = 10_000_000;

const NAMES = `
  SELECT concat_ws(' ', count(*), bit_xor(hash(model, said_dimension, said_tag, id, slot, factor))) AS names
  FROM policy_names`;

/**
 * Where to read all answers from, of whatever score, as `answerKeysSql` has them. They hang on predictions and on what
 * names mean, not on thresholds, and are kept until one of these changes. Needs `stagePolicyOfKnown`.
 */
export async function knownAnswers(session: Session): Promise<string> {
  const answers = answerKeysSql({ samples: null, fromThreshold: false });
  const { names } = await session.row<{ names: string }>(NAMES);
  const kept = await remember(session, 'answer_keys', () => findExtent(session), 'files');
  if (kept.predictions > KEPT_AT_MOST) return `(${answers})`;
  if (kept.names !== names) {
    kept.names = null;
    await session.run(`CREATE OR REPLACE TEMP TABLE answer_keys AS ${answers}`);
    kept.names = names;
  }
  return 'answer_keys';
}

interface KeptAnswers {
  readonly predictions: number;
  /** A fingerprint of the names for which they were made. */
  names: string | null;
}

async function findExtent(session: Session): Promise<KeptAnswers> {
  const { predictions } = await session.row<{ predictions: number }>(
    'SELECT count(*)::INTEGER AS predictions FROM predictions',
  );
  return { predictions, names: null };
}
