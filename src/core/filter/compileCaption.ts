import type { SqlParameters } from './sqlParameters';

/** Rows of `captions` in which a word begins with the text, whatever the case. */
export function compileCaption(text: string, parameters: SqlParameters): string {
  const place = `lower(${parameters.add(text)})`;
  // `contains` first: it is cheap and leaves little to the regular expression.
  const begins = `regexp_matches(lower(caption), '(^|[^\\p{L}\\p{N}])' || regexp_escape(${place}))`;
  return `(contains(lower(caption), ${place}) AND ${begins})`;
}
