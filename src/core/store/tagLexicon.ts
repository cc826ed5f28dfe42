import { remember } from './remember';
import type { Session } from './session';

export interface KnownTag {
  readonly tag: string;
  readonly dimension: string;
  /** That have it in this dimension and are not missing. */
  readonly samples: number;
}

export interface TagLexicon {
  /** Tags that samples have, the most frequent first; one that is in several dimensions once for each. */
  readonly tags: readonly KnownTag[];
  /** What names stand for, by the name. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** What tags there are, counted anew when the database has changed. */
export function tagLexicon(session: Session): Promise<TagLexicon> {
  return remember(session, 'tagLexicon', async () => {
    const tags = await session.rows<KnownTag>(
      `SELECT dimension, tag, count(*) FILTER (gone.id IS NULL)::INTEGER AS samples
       FROM sample_tags LEFT JOIN (SELECT id FROM samples WHERE missing) gone ON gone.id = sample_id
       GROUP BY dimension, tag ORDER BY samples DESC, tag, dimension`,
    );
    const aliases = await session.rows<{ name: string; tag: string }>(
      'SELECT name, alias_of AS tag FROM tags WHERE alias_of IS NOT NULL',
    );
    return { tags, aliases: new Map(aliases.map(({ name, tag }) => [name, tag])) };
  });
}

/** The name in force of a tag in lower case. */
export function canonicalName({ aliases }: TagLexicon, tag: string): string {
  return aliases.get(tag) ?? tag;
}
