import { compileCaption } from '../filter/compileCaption';
import { RANKS } from '../filter/filterLookup';
import { beginsWordOf } from '../filter/wordStart';
import { SqlParameters } from '../filter/sqlParameters';
import { FILE_NAME, FILE_STEM, stagePaths } from './searchPaths';
import type { Session } from './session';
import { canonicalName, namedSql, type TagLexicon } from './tagLexicon';

/** Numbers of `RANKS`, for SQL. */
const RANK = Object.fromEntries(RANKS.map((name, rank) => [name, rank])) as Record<(typeof RANKS)[number], number>;

/**
 * Makes a temp table of the samples that have one of these words, with the rank of the best place where they have it;
 * returns how many they are. In paths a word may be any part, in tags and captions it begins one of their words.
 */
export async function stageWord(
  session: Session,
  table: string,
  words: readonly string[],
  lexicon: TagLexicon,
): Promise<number> {
  await stagePaths(session);
  const parameters = new SqlParameters();
  const texts = words.map((word) => word.toLowerCase());
  const places = words.map((word) => `lower(${parameters.add(word)})`);
  const some = (test: (place: string) => string) => places.map(test).join(' OR ');
  const { equal, begun } = tagsOf(texts, lexicon);
  const [{ Count }] = await session.rows<{ Count: bigint }>(
    `CREATE OR REPLACE TEMP TABLE ${table} AS
     SELECT id, min(rank)::UTINYINT AS rank
     FROM (
       SELECT p.id, CASE
         WHEN ${some((place) => `${place} IN (${FILE_NAME}, ${FILE_STEM}, p.path)`)} THEN ${RANK.fileName}
         WHEN ${some((place) => `starts_with(${FILE_NAME}, ${place})`)} THEN ${RANK.nameStart}
         WHEN ${some((place) => `contains(${FILE_NAME}, ${place})`)} THEN ${RANK.namePart}
         ELSE ${RANK.folder} END AS rank
       FROM search_paths p WHERE ${some((place) => `contains(p.path, ${place})`)}
       UNION ALL
       SELECT sample_id, CASE WHEN ${namedSql(equal)} THEN ${RANK.tag} ELSE ${RANK.tagStart} END
       FROM derived_tags WHERE ${namedSql(begun)}
       UNION ALL
       SELECT sample_id, ${RANK.caption} FROM captions
       WHERE ${texts.map((text) => compileCaption(text, parameters)).join(' OR ')}
     )
     GROUP BY id`,
    parameters.values,
  );
  return Number(Count);
}

/** Tags that are one of the texts, and those of which a word begins so; of either, by an alias too. */
function tagsOf(texts: readonly string[], lexicon: TagLexicon) {
  const beginsSo = (name: string) => texts.some((text) => beginsWordOf(name, text));
  const aliased = new Set([...lexicon.aliases].filter(([name]) => beginsSo(name)).map(([, tag]) => tag));
  const equal = new Set(texts.map((text) => canonicalName(lexicon, text)));
  return {
    equal: lexicon.names.filter(({ tag }) => equal.has(tag)),
    begun: lexicon.names.filter(({ tag }) => beginsSo(tag) || aliased.has(tag)),
  };
}
