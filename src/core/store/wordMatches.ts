import { compileCaption } from '../filter/compileCaption';
import { FILE_NAME } from '../filter/compileFilter';
import { RANKS } from '../filter/filterLookup';
import { beginsWordOf } from '../filter/wordStart';
import { SqlParameters } from '../filter/sqlParameters';
import type { Session } from './session';
import { canonicalName, type TagLexicon } from './tagLexicon';

/** Beyond these, tags are told by how they begin rather than one by one. */
const MOST_LISTED = 64;
const FILE_STEM = `lower(parse_filename(s.path, true, 'forward_slash'))`;

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
  const parameters = new SqlParameters();
  const texts = words.map((word) => word.toLowerCase());
  const places = words.map((word) => `lower(${parameters.add(word)})`);
  const some = (test: (place: string) => string) => places.map(test).join(' OR ');
  const { equal, listed, begins } = tagsOf(texts, lexicon);
  const tags = [
    ...(begins
      ? [some((place) => BEGINS.map((start) => `contains(' ' || tag, ${start} || ${place})`).join(' OR '))]
      : []),
    ...(listed.length > 0 ? [isOneOf('tag', listed, parameters)] : []),
  ];
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${table} AS
     SELECT id, min(rank)::UTINYINT AS rank
     FROM (
       SELECT s.id, CASE
         WHEN ${some((place) => `${place} IN (${FILE_NAME}, ${FILE_STEM}, lower(s.path))`)} THEN ${RANK.fileName}
         WHEN ${some((place) => `starts_with(${FILE_NAME}, ${place})`)} THEN ${RANK.nameStart}
         WHEN ${some((place) => `contains(${FILE_NAME}, ${place})`)} THEN ${RANK.namePart}
         ELSE ${RANK.folder} END AS rank
       FROM samples s WHERE ${some((place) => `contains(lower(s.path), ${place})`)}
       UNION ALL
       SELECT sample_id, CASE WHEN ${isOneOf('tag', equal, parameters)} THEN ${RANK.tag} ELSE ${RANK.tagStart} END
       FROM sample_tags WHERE ${tags.length > 0 ? tags.join(' OR ') : 'false'}
       UNION ALL
       SELECT sample_id, ${RANK.caption} FROM captions
       WHERE ${texts.map((text) => compileCaption(text, parameters)).join(' OR ')}
     )
     GROUP BY id`,
    parameters.values,
  );
  const { found } = await session.row<{ found: number }>(`SELECT count(*)::INTEGER AS found FROM ${table}`);
  return found;
}

/** What stands before a word of a tag that has a space put before it. */
const BEGINS = [`' '`, `'-'`];

/** Tags of which a word begins with one of the texts, or one of whose aliases does. */
function tagsOf(texts: readonly string[], lexicon: TagLexicon) {
  const beginsSo = (name: string) => texts.some((text) => beginsWordOf(name, text));
  const named = lexicon.tags.map(({ tag }) => tag).filter(beginsSo);
  const aliased = [...lexicon.aliases].filter(([name]) => beginsSo(name)).map(([, tag]) => tag);
  const begins = named.length > MOST_LISTED;
  return {
    equal: texts.map((text) => canonicalName(lexicon, text)),
    listed: [...new Set(begins ? aliased : [...named, ...aliased])],
    /** There are too many to list those whose own names begin so. */
    begins,
  };
}

function isOneOf(column: string, names: readonly string[], parameters: SqlParameters): string {
  return `${column} IN (${names.map((name) => parameters.add(name)).join(', ')})`;
}
