import type { TagSummary } from '../../protocol/tagApi';
import type { Session } from './session';
import { tagForm } from './tagNames';
import { stageTagSummaries } from './tagSummaries';

export interface TagListQuery {
  /** Part of a name or of an alias; empty for all. */
  readonly text: string;
  /** `samples` and `undecided`: the largest first. */
  readonly sort: 'tag' | 'samples' | 'undecided';
  readonly offset: number;
  readonly limit: number;
}

const ORDERS: Readonly<Record<TagListQuery['sort'], string>> = {
  tag: 'tag',
  samples: 'samples DESC, tag',
  undecided: 'undecided DESC, tag',
};

/** One page of the dataset's tags, with what stands for them and what they bring along. */
export async function tagList(
  session: Session,
  { text, sort, offset, limit }: TagListQuery,
): Promise<{ total: number; tags: TagSummary[] }> {
  await stageTagSummaries(session);
  const where = `contains(tag, $1) OR tag IN (SELECT alias_of FROM tags WHERE alias_of IS NOT NULL AND contains(name, $1))`;
  const typed = tagForm(text);
  const { total } = await session.row<{ total: number }>(
    `SELECT count(*)::INTEGER AS total FROM tag_summaries WHERE ${where}`,
    [typed],
  );
  const tags = await session.rows<TagSummary>(
    `WITH listed AS (
       SELECT * FROM tag_summaries WHERE ${where} ORDER BY ${ORDERS[sort]} LIMIT $2::BIGINT OFFSET $3::BIGINT
     ), others AS (
       SELECT alias_of AS tag, list(name ORDER BY name) AS aliases FROM tags WHERE alias_of IS NOT NULL GROUP BY alias_of
     ), implied AS (
       SELECT coalesce(child.alias_of, child.name) AS tag,
         list_sort(list(DISTINCT coalesce(parent.alias_of, said.name))) AS implies
       FROM tags child, (SELECT unnest(child.implies) AS name) said LEFT JOIN tags parent ON parent.name = said.name
       GROUP BY ALL
     )
     SELECT listed.tag, listed.dimension, listed.samples, listed.by_person AS "byPerson", listed.undecided,
       coalesce(others.aliases, []) AS aliases, coalesce(implied.implies, []) AS implies,
       EXISTS (FROM dimensions d WHERE d.in_use AND list_contains(d.answers, listed.tag)) AS "inVocabulary"
     FROM listed LEFT JOIN others USING (tag) LEFT JOIN implied USING (tag)
     ORDER BY ${ORDERS[sort].replaceAll(/^/g, 'listed.')}`,
    [typed, limit, offset],
  );
  return { total, tags };
}
