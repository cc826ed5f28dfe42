import { remember } from './remember';
import type { Session } from './session';

export interface KnownTag {
  readonly tag: string;
  /** That which most samples have it in. */
  readonly dimension: string;
  /** That have it and are not missing. */
  readonly samples: number;
}

export interface TagLexicon {
  /** Tags that samples have, the most frequent first. */
  readonly tags: readonly KnownTag[];
  /** What names stand for, by the name. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** What tags there are, counted anew when the database has changed. */
export function tagLexicon(session: Session): Promise<TagLexicon> {
  return remember(session, 'tagLexicon', async () => {
    const tags = await session.rows<KnownTag>(
      `SELECT tag, arg_max(dimension, held) AS dimension, sum(present)::INTEGER AS samples
       FROM (
         SELECT tag, dimension, count(*) AS held, count(*) FILTER (gone.id IS NULL) AS present
         FROM sample_tags LEFT JOIN (SELECT id FROM samples WHERE missing) gone ON gone.id = sample_id
         GROUP BY tag, dimension
       )
       GROUP BY tag ORDER BY samples DESC, tag`,
    );
    const aliases = await session.rows<{ name: string; tag: string }>(
      'SELECT name, alias_of AS tag FROM tags WHERE alias_of IS NOT NULL',
    );
    return { tags, aliases: new Map(aliases.map(({ name, tag }) => [name, tag])) };
  });
}
