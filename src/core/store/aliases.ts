import { UserError } from '../../protocol/userError';
import type { Session } from './session';

/** The name under which a tag is known: itself, or what it is an alias of. */
export async function canonicalTag(session: Session, name: string): Promise<string> {
  const [row] = await session.rows<{ tag: string | null }>('SELECT alias_of AS tag FROM tags WHERE name = $1', [name]);
  return row?.tag ?? name;
}

/** Makes sure that `tags` has a tag: in the dimension in which models or people use it most, else in `other`. */
export async function ensureTag(session: Session, name: string): Promise<void> {
  await session.run(
    `INSERT INTO tags (name, dimension)
     SELECT $1, coalesce((SELECT mode(dimension) FROM predictions WHERE tag = $1),
       (SELECT mode(dimension) FROM decisions WHERE tag = $1), 'other')
     WHERE NOT EXISTS (FROM tags WHERE name = $1)`,
    [name],
  );
}

/**
 * Has `alias` stand for `tag`, or for what that is an alias of, along with all that stood for `alias`. When `tag` stood
 * for `alias` until now, the two change places. Derive the tags afterwards.
 * @throws UserError `tag-alias` when they are one and the same.
 */
export async function pointAlias(session: Session, alias: string, tag: string): Promise<void> {
  if (alias === tag) throw new UserError('tag-alias', `“${tag}” cannot be an alias of itself. Choose another tag.`);
  await ensureTag(session, alias);
  await ensureTag(session, tag);
  const known = await canonicalTag(session, tag);
  const target = known === alias ? tag : known;
  await session.run('UPDATE tags SET alias_of = NULL WHERE name = $1', [target]);
  await session.run('UPDATE tags SET alias_of = $2 WHERE name = $1 OR alias_of = $1', [alias, target]);
  await session.run('UPDATE tags SET alias_of = NULL WHERE name = alias_of');
}
