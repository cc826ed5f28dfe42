import { nearNames } from './nearNames';
import type { Session } from './session';
import { tagForm, tagNameProblem } from './tagNames';
import { stageTagSummaries } from './tagSummaries';

export interface TagSuggestion {
  tag: string;
  dimension: string;
  samples: number;
  /** The alias by which it was found, or null. */
  alias: string | null;
}

export interface TagSuggestions {
  name: string | null;
  problem: string | null;
  isNew: boolean;
  suggestions: TagSuggestion[];
}

type Found = TagSuggestion & { rank: number };

/**
 * What was typed as a tag would be named, and the tags it could mean: the one of that name, those that begin with it,
 * have it in them, or nearly are it; in each of these the most used first. All tags, the most used first, for no text.
 */
export async function suggestTags(session: Session, text: string, limit: number): Promise<TagSuggestions> {
  await stageTagSummaries(session);
  const typed = tagForm(text);
  const [known] = await session.rows<{ tag: string }>(
    `SELECT coalesce((SELECT alias_of FROM tags WHERE name = $1), $1) AS tag
     WHERE $1 IN (SELECT name FROM tags) OR $1 IN (SELECT tag FROM tag_summaries)`,
    [typed],
  );
  const found = await containing(session, typed, limit);
  if (found.length < limit) found.push(...(await nearly(session, typed, limit)));
  const problem = known ? null : tagNameProblem(typed);
  return {
    name: problem === null ? (known?.tag ?? typed) : null,
    problem,
    isNew: !known && problem === null,
    suggestions: best(found, limit),
  };
}

/** Tags whose name, and tags whose alias is what was typed (rank 0), begins with it (1) or has it in it (2). */
async function containing(session: Session, typed: string, limit: number): Promise<Found[]> {
  const rank = 'CASE WHEN name = $1 THEN 0 WHEN starts_with(name, $1) THEN 1 ELSE 2 END AS rank';
  const names = await session.rows<Found>(
    `SELECT tag, dimension, samples, NULL AS alias, ${rank} FROM (SELECT *, tag AS name FROM tag_summaries)
     WHERE contains(name, $1) ORDER BY rank, samples DESC, tag LIMIT ${limit}`,
    [typed],
  );
  const aliases = await session.rows<Found>(
    `SELECT tag, dimension, samples, name AS alias, ${rank}
     FROM (SELECT name, alias_of AS tag FROM tags WHERE alias_of IS NOT NULL AND contains(name, $1))
     JOIN tag_summaries USING (tag) ORDER BY rank, samples DESC, tag LIMIT ${limit}`,
    [typed],
  );
  return [...names, ...aliases];
}

/** Tags whose name or alias is what was typed but for mistakes (rank 3), or begins so (4). */
async function nearly(session: Session, typed: string, limit: number): Promise<Found[]> {
  const near = await nearNames(session, typed);
  if (near.length === 0) return [];
  await session.stage('near_names', {
    name: { type: 'VARCHAR', values: near.map(({ name }) => name) },
    rank: { type: 'INTEGER', values: near.map(({ whole }) => (whole ? 3 : 4)) },
  });
  return session.rows<Found>(
    `SELECT tag, dimension, samples, alias, rank
     FROM (
       SELECT coalesce(alias_of, near_names.name) AS tag, CASE WHEN alias_of IS NOT NULL THEN near_names.name END AS alias,
         rank
       FROM near_names LEFT JOIN tags ON tags.name = near_names.name
     ) JOIN tag_summaries USING (tag)
     ORDER BY rank, samples DESC, tag LIMIT ${limit}`,
  );
}

/** Each tag once, by the name that fits best. */
function best(found: readonly Found[], limit: number): TagSuggestion[] {
  const sorted = [...found].sort(
    (a, b) => a.rank - b.rank || b.samples - a.samples || (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : 0),
  );
  const tags = new Map<string, TagSuggestion>();
  for (const { tag, dimension, samples, alias } of sorted) {
    if (!tags.has(tag)) tags.set(tag, { tag, dimension, samples, alias });
  }
  return [...tags.values()].slice(0, limit);
}
