import { remember } from './remember';
import type { Session } from './session';

export interface KnownTag {
  readonly tag: string;
  readonly dimension: string;
  /** That have it in this dimension and are not missing. */
  readonly samples: number;
}

/** A tag as it stands in `derived_names`: in one dimension, from one source. */
export interface TagName extends KnownTag {
  readonly id: number;
  readonly source: string;
  readonly implied: boolean;
}

export interface TagLexicon {
  readonly names: readonly TagName[];
  /** Tags that samples have, the most frequent first; one that is in several dimensions once for each. */
  readonly tags: readonly KnownTag[];
  /** What names stand for, by the name. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** What tags there are, counted anew when the database has changed. */
export function tagLexicon(session: Session): Promise<TagLexicon> {
  return remember(session, 'tagLexicon', async () => {
    // Of missing samples apart: there are few, mostly none, and all rows need not be compared with them then.
    const names = await session.rows<TagName>(
      `SELECT n.id, n.tag, n.dimension, n.source, n.implied_by IS NOT NULL AS implied,
         (held.samples - coalesce(gone.samples, 0))::INTEGER AS samples
       FROM derived_names n
       JOIN (SELECT name_id, count(*) AS samples FROM derived_tags WHERE NOT pending GROUP BY name_id) held
         ON held.name_id = n.id
       LEFT JOIN (
         SELECT name_id, count(*) AS samples
         FROM derived_tags SEMI JOIN (SELECT id FROM samples WHERE missing) missing ON missing.id = sample_id
         WHERE NOT pending GROUP BY name_id
       ) gone ON gone.name_id = n.id`,
    );
    const aliases = await session.rows<{ name: string; tag: string }>(
      'SELECT name, alias_of AS tag FROM tags WHERE alias_of IS NOT NULL',
    );
    return { names, tags: sumUp(names), aliases: new Map(aliases.map(({ name, tag }) => [name, tag])) };
  });
}

/** The name in force of a tag in lower case. */
export function canonicalName({ aliases }: TagLexicon, tag: string): string {
  return aliases.get(tag) ?? tag;
}

/** Rows of `derived_tags` with one of these names, as the SQL of a condition. */
export function namedSql(names: readonly TagName[]): string {
  return names.length > 0 ? `(name_id IN (${names.map(({ id }) => id).join(', ')}) AND NOT pending)` : 'false';
}

function sumUp(names: readonly TagName[]): KnownTag[] {
  const tags = new Map<string, { tag: string; dimension: string; samples: number }>();
  for (const { tag, dimension, samples } of names) {
    const key = `${dimension}\n${tag}`;
    const known = tags.get(key);
    if (known) known.samples += samples;
    else tags.set(key, { tag, dimension, samples });
  }
  return [...tags.values()].sort((a, b) => b.samples - a.samples || (a.tag < b.tag ? -1 : 1));
}
