import { UserError } from '../../protocol/userError';
import { NO_ANSWER } from '../../protocol/vocabulary';
import { deriveTags } from './derive';
import { stageIds, type Session } from './session';

/** What a person said of a tag. The first two give it to the sample, the others keep it away, whatever models say. */
export type DecisionAction = 'added' | 'approved' | 'rejected' | 'removed';

const LONGEST_TAG = 50;

/**
 * Appends one decision for each sample and derives their tags anew.
 * @param dimension null: that of the vocabulary, else that which a model gave the tag, else `other`.
 * @throws UserError `tag-name` for an empty or overlong tag, and for the one that stands for none.
 */
export async function decide(
  session: Session,
  ids: readonly number[],
  tag: string,
  dimension: string | null,
  action: DecisionAction,
): Promise<void> {
  const name = normalizeTag(tag);
  await stageIds(session, 'decided_ids', ids);
  const { family } = await session.row<{ family: string }>(
    `SELECT coalesce($1, (SELECT dimension FROM tags WHERE name = $2),
       (SELECT mode(dimension) FROM predictions WHERE tag = $2), 'other') AS family`,
    [dimension, name],
  );
  await session.run(
    `INSERT INTO decisions (sample_id, tag, dimension, action, made_at)
     SELECT id, $1, $2, $3, make_timestamp($4::BIGINT * 1000) FROM decided_ids SEMI JOIN samples USING (id)`,
    [name, family, action, Date.now()],
  );
  await deriveTags(session, ids);
}

function normalizeTag(tag: string): string {
  const name = tag.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
  if (name === '') throw new UserError('tag-name', 'A tag needs a name. Type at least one letter.');
  if (name.length > LONGEST_TAG) {
    throw new UserError('tag-name', `A tag has at most ${LONGEST_TAG} characters. Shorten "${name.slice(0, 20)}…".`);
  }
  if (name === NO_ANSWER) throw new UserError('tag-name', `"${NO_ANSWER}" stands for no tag. Choose another name.`);
  return name;
}
