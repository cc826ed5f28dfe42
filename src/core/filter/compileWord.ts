import type { WordMeaning } from './filterLookup';
import type { SqlParameters } from './sqlParameters';
import { beginsWordOf } from './wordStart';

/** Beyond these, tags are told by how they begin rather than one by one. */
const MOST_LISTED = 64;

/** The last part of the path, in lower case. */
export const FILE_NAME = `lower(parse_filename(s.path, false, 'forward_slash'))`;
const FILE_STEM = `lower(parse_filename(s.path, true, 'forward_slash'))`;
const WHOLE_PATH = 'lower(s.path)';
/** The tags of a sample as one text, with this before each of them. */
const BREAK = 'chr(10)';
const TAGS = `concat(${BREAK}, array_to_string(s.tags, ${BREAK}))`;

/** Whether a sample has the word, as a condition on `samples s`. */
export function compileWord(word: WordMeaning, parameters: SqlParameters): string {
  const conditions = inText('contains', WHOLE_PATH, word, parameters);
  const tags = tagConditions(word, parameters, {
    listed: (names) => `tag IN (${names})`,
    begins: (text) => `starts_with(tag, ${text}) OR contains(tag, ' ' || ${text}) OR contains(tag, '-' || ${text})`,
  });
  if (tags.length > 0) conditions.push(`s.id IN (SELECT sample_id FROM sample_tags WHERE ${tags.join(' OR ')})`);
  if (word.inCaptions) conditions.push(compileCaption(word.texts, parameters));
  return `(${conditions.join(' OR ')})`;
}

/** How well a sample that passes has the word: 0 is a file name that is the word, 7 not at all. */
export function compileRank(word: WordMeaning, parameters: SqlParameters): string {
  const equal = inText('=', FILE_NAME, word, parameters).concat(
    inText('=', FILE_STEM, word, parameters),
    inText('=', WHOLE_PATH, word, parameters),
  );
  const prefixed = tagConditions(word, parameters, {
    listed: (names) => `list_has_any(s.tags, [${names}])`,
    begins: (text) => ['chr(10)', "' '", "'-'"].map((before) => `contains(${TAGS}, ${before} || ${text})`).join(' OR '),
  });
  const ranks: readonly (readonly string[])[] = [
    equal,
    inText('starts_with', FILE_NAME, word, parameters),
    inText('contains', FILE_NAME, word, parameters),
    word.equalTags.length > 0 ? [`list_has_any(s.tags, [${list(word.equalTags, parameters)}])`] : [],
    prefixed,
    inText('contains', WHOLE_PATH, word, parameters),
    word.inCaptions ? [compileCaption(word.texts, parameters)] : [],
  ];
  const cases = ranks.map((conditions, rank) =>
    conditions.length > 0 ? `WHEN ${conditions.join(' OR ')} THEN ${rank}` : '',
  );
  return `CASE ${cases.join(' ')} ELSE ${ranks.length} END`;
}

/** Samples with a caption in which a word begins with one of the texts. */
export function compileCaption(texts: readonly string[], parameters: SqlParameters): string {
  const conditions = texts.map((text) => {
    const place = `lower(${parameters.add(text)})`;
    // `contains` first: it is cheap and leaves little to the regular expression.
    return (
      `contains(lower(caption), ${place}) AND ` +
      `regexp_matches(lower(caption), '(^|[^\\p{L}\\p{N}])' || regexp_escape(${place}))`
    );
  });
  return `(s.id IN (SELECT sample_id FROM captions WHERE ${conditions.map((one) => `(${one})`).join(' OR ')}))`;
}

function inText(
  test: 'contains' | 'starts_with' | '=',
  column: string,
  { texts }: WordMeaning,
  parameters: SqlParameters,
): string[] {
  return texts.map((text) => {
    const place = `lower(${parameters.add(text)})`;
    return test === '=' ? `${column} = ${place}` : `${test}(${column}, ${place})`;
  });
}

function tagConditions(
  { prefixTags, texts }: WordMeaning,
  parameters: SqlParameters,
  sql: { listed(names: string): string; begins(text: string): string },
): string[] {
  const many = prefixTags.length > MOST_LISTED;
  const listed = many ? prefixTags.filter((tag) => !texts.some((text) => beginsWordOf(tag, text))) : prefixTags;
  return [
    ...(many ? texts.map((text) => sql.begins(`lower(${parameters.add(text)})`)) : []),
    ...(listed.length > 0 ? [sql.listed(list(listed, parameters))] : []),
  ];
}

function list(names: readonly string[], parameters: SqlParameters): string {
  return names.map((name) => parameters.add(name)).join(', ');
}
