import { wantedTerms, type FilterExpression } from '../filter/filterExpression';
import { beginsWordOf } from '../filter/wordStart';
import { lookUp, type LookedUp } from './lookUp';
import type { Session } from './session';
import { tagLexicon, type TagLexicon } from './tagLexicon';

/** Of each list of tags those that the filter asks for, by words or by fields. */
export async function matchedTags(
  session: Session,
  expression: FilterExpression | null,
  lists: readonly (readonly string[])[],
): Promise<string[][]> {
  const lookup = await lookUp(session, expression);
  const lexicon = await tagLexicon(session);
  const tests = wantedTerms(expression).map((term) => tagTest(term, lookup, lexicon));
  return lists.map((tags) => tags.filter((tag) => tests.some((matches) => matches(tag))));
}

function tagTest(term: FilterExpression, lookup: LookedUp, { aliases }: TagLexicon): (tag: string) => boolean {
  const is = (name: string) => {
    const wanted = lookup.tag(name);
    return (tag: string) => tag === wanted;
  };
  switch (term.kind) {
    case 'word': {
      const texts = (term.exact ? [term.text] : lookup.texts(term.text)).map((text) => text.toLowerCase());
      const begins = (name: string) => texts.some((text) => beginsWordOf(name, text));
      const aliased = new Set([...aliases].filter(([alias]) => begins(alias)).map(([, tag]) => tag));
      return (tag) => begins(tag) || aliased.has(tag);
    }
    case 'dimension':
      return is(term.tag);
    case 'confidence':
      return term.tag === null ? () => false : is(term.tag);
    case 'text':
      return term.field === 'tag' || term.field === 'decided' ? is(term.value) : () => false;
    default:
      return () => false;
  }
}
