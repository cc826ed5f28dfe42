import { UserError } from '../../protocol/userError';
import type { Session } from './session';
import { tagForm, tagNameProblem } from './tagNames';

/**
 * A name as the dataset knows it: as it is written when a model, a person or the vocabulary has that, else as it would
 * be written as a tag of one's own. Aliases stay what they are.
 * @throws UserError `tag-name` for a new name that cannot be one
 */
export async function ownName(session: Session, text: string): Promise<string> {
  const typed = text.trim();
  const { known } = await session.row<{ known: boolean }>(
    `SELECT EXISTS (FROM tags WHERE name = $1) OR EXISTS (FROM predictions WHERE tag = $1)
       OR EXISTS (FROM decisions WHERE tag = $1) AS known`,
    [typed],
  );
  const name = known ? typed : tagForm(typed);
  const problem = known && tagForm(typed) !== '' ? null : tagNameProblem(name);
  if (problem !== null) throw new UserError('tag-name', problem);
  return name;
}

/** @throws UserError `tag-deleted`: models do not give it any more, so that nothing can lead to it. */
export async function requireAlive(session: Session, names: readonly string[]): Promise<void> {
  await session.stage('wanted_alive', { name: { type: 'VARCHAR', values: names } });
  const [gone] = await session.rows<{ name: string }>(
    `SELECT w.name FROM wanted_alive w JOIN tags own ON own.name = w.name
     JOIN tags t ON t.name = coalesce(own.alias_of, own.name) WHERE t.deleted_after IS NOT NULL LIMIT 1`,
  );
  if (gone) {
    throw new UserError(
      'tag-deleted',
      `“${gone.name}” was deleted from this dataset, so that models no longer give it. Undo that first, or choose another tag.`,
    );
  }
}
