import type { Session } from './session';

/** A row of `tags` as far as operations change it. */
export interface TagRow {
  readonly name: string;
  readonly dimension: string;
  readonly alias_of: string | null;
  readonly implies: readonly string[] | null;
  readonly deleted_after: number | null;
}

/** The rows of these tags, and of all that stand for one of them. */
export async function tagRows(session: Session, names: readonly string[]): Promise<TagRow[]> {
  await session.stage('wanted_rows', { name: { type: 'VARCHAR', values: names } });
  return session.rows<TagRow>(
    `SELECT name, dimension, alias_of, implies, deleted_after FROM tags
     WHERE name IN (SELECT name FROM wanted_rows) OR alias_of IN (SELECT name FROM wanted_rows)
     ORDER BY name`,
  );
}

/** Makes rows again what they were. */
export async function restoreRows(session: Session, rows: readonly TagRow[]): Promise<void> {
  for (const { name, dimension, alias_of, implies, deleted_after } of rows) {
    await session.run(`INSERT INTO tags (name, dimension) SELECT $1, $2 WHERE NOT EXISTS (FROM tags WHERE name = $1)`, [
      name,
      dimension,
    ]);
    await session.run(
      `UPDATE tags SET alias_of = $2, implies = $3::JSON::VARCHAR[], deleted_after = $4::INTEGER WHERE name = $1`,
      [name, alias_of, implies && JSON.stringify(implies), deleted_after],
    );
  }
  await flattenAliases(session);
}

/** Adds tags, with their dimension, that are not there. */
export async function restoreTags(session: Session, tags: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, dimension] of Object.entries(tags)) {
    await session.run('INSERT INTO tags (name, dimension) SELECT $1, $2 WHERE NOT EXISTS (FROM tags WHERE name = $1)', [
      name,
      dimension,
    ]);
  }
}

/** Takes tags out of `tags` again, apart from those that something else there has come to refer to. */
export async function dropTags(session: Session, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await session.run(
      `DELETE FROM tags WHERE name = $1 AND alias_of IS NULL AND implies IS NULL AND deleted_after IS NULL
         AND NOT EXISTS (FROM tags other WHERE other.alias_of = $1 OR list_contains(other.implies, $1))
         AND NOT EXISTS (FROM tag_mappings WHERE tag = $1)`,
      [name],
    );
  }
}

/** What an alias stands for may have become an alias since. */
async function flattenAliases(session: Session): Promise<void> {
  await session.run(
    `UPDATE tags SET alias_of = target.alias_of FROM tags target
     WHERE target.name = tags.alias_of AND target.alias_of IS NOT NULL`,
  );
  await session.run('UPDATE tags SET alias_of = NULL WHERE alias_of = name');
}
