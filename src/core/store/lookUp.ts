import { compileCaption } from '../filter/compileWord';
import { wordsOf, type FilterExpression } from '../filter/filterExpression';
import type { FilterLookup, WordMeaning } from '../filter/filterLookup';
import { SqlParameters } from '../filter/sqlParameters';
import { beginsWordOf } from '../filter/wordStart';
import { remember } from './remember';
import { stageDisagreements, stageReviewed } from './reviewStates';
import type { Session } from './session';
import { tagLexicon, type TagLexicon } from './tagLexicon';
import { nearestWords } from './wordLexicon';

/** `used` are those words of the dataset that are nearest to what was `typed`. */
export interface Correction {
  readonly typed: string;
  readonly used: readonly string[];
}

export interface LookedUp extends FilterLookup {
  /** Words that nothing has, with the ones looked for instead. */
  readonly corrections: readonly Correction[];
}

/**
 * Finds out what a filter means in this dataset, each word once until the dataset changes, and stages what its fields
 * need: so all questions under the same filter are answered alike.
 */
export async function lookUp(session: Session, expression: FilterExpression | null): Promise<LookedUp> {
  const lexicon = await tagLexicon(session);
  const meanings = new Map<string, WordMeaning>();
  const corrections: Correction[] = [];
  for (const term of termsOf(expression)) {
    if (term.kind === 'word') meanings.set(term.text, await meaningOf(session, lexicon, [term.text]));
    else if (term.kind === 'text' && term.field === 'review') await stageReviewed(session);
    else if (term.kind === 'text' && term.field === 'disagree') await stageDisagreements(session);
  }
  const corrected = new Map<string, WordMeaning>();
  for (const { text, exact } of wordsOf(expression)) {
    if (exact || corrected.has(text)) continue;
    const used = await correctionOf(session, text, meanings.get(text)!);
    if (used.length === 0) continue;
    corrected.set(text, await meaningOf(session, lexicon, used));
    corrections.push({ typed: text, used });
  }
  return {
    corrections,
    tag: (name) => canonical(lexicon, name),
    word: (text, correct) => (correct && corrected.get(text)) || meanings.get(text)!,
  };
}

/** The name in force of a tag. */
function canonical({ aliases }: TagLexicon, name: string): string {
  const tag = name.toLowerCase();
  return aliases.get(tag) ?? tag;
}

async function meaningOf(session: Session, lexicon: TagLexicon, words: readonly string[]): Promise<WordMeaning> {
  const texts = words.map((word) => word.toLowerCase());
  const begins = (name: string) => texts.some((text) => beginsWordOf(name, text));
  const aliased = [...lexicon.aliases].filter(([name]) => begins(name)).map(([, tag]) => tag);
  const named = lexicon.tags.filter(({ tag }) => begins(tag)).map(({ tag }) => tag);
  const equal = new Set(texts.map((text) => canonical(lexicon, text)));
  const prefixTags = [...new Set([...named, ...aliased])];
  return {
    texts,
    equalTags: prefixTags.filter((tag) => equal.has(tag)),
    prefixTags,
    inCaptions: await anySample(session, `caption ${texts.join('\n')}`, (parameters) =>
      compileCaption(texts, parameters),
    ),
  };
}

/** Empty when something has the word, or when nothing is near to it. */
function correctionOf(
  session: Session,
  word: string,
  { texts, prefixTags, inCaptions }: WordMeaning,
): Promise<string[]> {
  return remember(session, `correction ${word}`, async () => {
    if (prefixTags.length > 0 || inCaptions) return [];
    const inPath = await anySample(
      session,
      `path ${word}`,
      (parameters) => `contains(lower(s.path), lower(${parameters.add(word)}))`,
    );
    return inPath ? [] : nearestWords(session, texts[0]);
  });
}

function anySample(session: Session, name: string, compile: (parameters: SqlParameters) => string): Promise<boolean> {
  return remember(session, name, async () => {
    const parameters = new SqlParameters();
    const where = compile(parameters);
    const { found } = await session.row<{ found: boolean }>(
      `SELECT EXISTS (FROM samples s WHERE ${where}) AS found`,
      parameters.values,
    );
    return found;
  });
}

/** All conditions, the excluded ones too. */
function termsOf(expression: FilterExpression | null): FilterExpression[] {
  switch (expression?.kind) {
    case undefined:
      return [];
    case 'and':
    case 'or':
      return expression.terms.flatMap(termsOf);
    case 'not':
      return termsOf(expression.term);
    default:
      return [expression!];
  }
}
