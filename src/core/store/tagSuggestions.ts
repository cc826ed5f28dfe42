import type { Session } from './session';
import { tagForm, tagNameProblem } from './tagNames';
import { stageTagSummaries } from './tagSummaries';

/** From how many characters on so many typing mistakes are forgiven. */
const TYPOS = [
  { characters: 8, mistakes: 2 },
  { characters: 4, mistakes: 1 },
] as const;

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

/**
 * What was typed as a tag would be named, and the tags it could mean: the one of that name, those that begin with it,
 * have it in them, or nearly are it; in each of these the most used first. All tags, the most used first, for no text.
 */
export async function suggestTags(
  session: Session,
  revision: number,
  text: string,
  limit: number,
): Promise<TagSuggestions> {
  await stageTagSummaries(session, revision);
  const typed = tagForm(text);
  const [known] = await session.rows<{ tag: string }>(
    `SELECT coalesce((SELECT alias_of FROM tags WHERE name = $1), $1) AS tag
     WHERE $1 IN (SELECT name FROM tags) OR $1 IN (SELECT tag FROM tag_summaries)`,
    [typed],
  );
  const suggestions = await matches(session, CONTAINS, [typed], limit);
  const mistakes = TYPOS.find(({ characters }) => typed.length >= characters)?.mistakes;
  if (mistakes !== undefined && suggestions.length < limit) {
    const found = new Set(suggestions.map(({ tag }) => tag));
    const near = await matches(session, NEARLY, [typed, mistakes], limit);
    suggestions.push(...near.filter(({ tag }) => !found.has(tag)).slice(0, limit - suggestions.length));
  }
  const problem = known ? null : tagNameProblem(typed);
  return {
    name: problem === null ? (known?.tag ?? typed) : null,
    problem,
    isNew: !known && problem === null,
    suggestions,
  };
}

const CONTAINS = {
  where: 'contains(name, $1)',
  rank: 'CASE WHEN name = $1 THEN 0 WHEN starts_with(name, $1) THEN 1 ELSE 2 END',
};

/** A beginning that is nearly what was typed counts as well, as people look while they type. Lengths are compared first: cheaper. */
const NEARLY = {
  where: `length(name) >= length($1) - $2::INTEGER
    AND least(damerau_levenshtein(left(name, length($1)), $1), damerau_levenshtein(left(name, length($1) + 1), $1),
      CASE WHEN length(name) <= length($1) + $2::INTEGER THEN damerau_levenshtein(name, $1) ELSE 100 END) <= $2::INTEGER`,
  rank: `CASE WHEN length(name) <= length($1) + $2::INTEGER AND damerau_levenshtein(name, $1) <= $2::INTEGER THEN 0 ELSE 1 END`,
};

/** Tags by their names and aliases, each by the name that fits best. */
function matches(
  session: Session,
  { where, rank }: { readonly where: string; readonly rank: string },
  parameters: readonly (string | number)[],
  limit: number,
): Promise<TagSuggestion[]> {
  return session.rows(
    `WITH names AS (
       SELECT tag AS name, tag, NULL AS alias FROM tag_summaries
       UNION ALL SELECT name, alias_of, name FROM tags WHERE alias_of IS NOT NULL
     ), found AS (
       SELECT tag, min({rank: ${rank}, alias: coalesce(alias, '')}) AS best FROM names WHERE ${where} GROUP BY tag
     )
     SELECT tag, dimension, samples, nullif(best.alias, '') AS alias
     FROM found JOIN tag_summaries USING (tag)
     ORDER BY best.rank, samples DESC, tag LIMIT ${limit}`,
    parameters,
  );
}
