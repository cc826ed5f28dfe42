import { wordsOf, type FilterExpression } from '../filter/filterExpression';
import type { FilterLookup } from '../filter/filterLookup';
import { stageIssues } from './qualityIssues';
import { stageDisagreements, stageReviewed } from './reviewStates';
import type { Session } from './session';
import { canonicalName, namedSql, tagLexicon } from './tagLexicon';
import { vocabulary } from './vocabulary';
import { nearestWords } from './wordLexicon';
import { WordTables } from './wordTables';

/** `used` are those words of the dataset that are nearest to what was `typed`. */
export interface Correction {
  readonly typed: string;
  readonly used: readonly string[];
}

export interface LookedUp extends FilterLookup {
  /** Words that nothing has, with the ones looked for instead. */
  readonly corrections: readonly Correction[];
  /** What is looked for in place of a word: itself, or what it is corrected to. */
  texts(word: string): readonly string[];
}

/**
 * Finds out what a filter means in this dataset, each word once until the dataset changes, and stages what it needs:
 * so all questions under the same filter are answered alike, and the words are not searched for again.
 */
export async function lookUp(session: Session, expression: FilterExpression | null): Promise<LookedUp> {
  const lexicon = await tagLexicon(session);
  const dimensions = await vocabulary(session);
  const terms = termsOf(expression);
  const tables = new WordTables(session, lexicon, terms.length);
  const asTyped = new Map<string, string>();
  const corrected = new Map<string, string>();
  const corrections: Correction[] = [];
  for (const term of terms) {
    if (term.kind === 'word') asTyped.set(term.text, (await tables.find([term.text])).table);
    else if (term.kind === 'text' && term.field === 'review') await stageReviewed(session);
    else if (term.kind === 'text' && term.field === 'disagree') await stageDisagreements(session);
    else if (term.kind === 'text' && term.field === 'issue') await stageIssues(session);
  }
  for (const { text, exact } of wordsOf(expression)) {
    if (exact || corrected.has(text) || (await tables.find([text])).found > 0) continue;
    const used = await nearestWords(session, text.toLowerCase());
    if (used.length === 0) continue;
    corrected.set(text, (await tables.find(used)).table);
    corrections.push({ typed: text, used });
  }
  return {
    corrections,
    texts: (text) => corrections.find(({ typed }) => typed === text)?.used ?? [text],
    tag: (name) => canonicalName(lexicon, name.toLowerCase()),
    isDimension: (name) => dimensions.some((dimension) => dimension.name === name),
    rowsOf: (isWanted) => namedSql(lexicon.names.filter(isWanted)),
    wordTable: (text, correct) => (correct ? corrected.get(text) : undefined) ?? asTyped.get(text)!,
  };
}

/** All conditions, the excluded ones too. */
function termsOf(expression: FilterExpression | null): FilterExpression[] {
  if (!expression) return [];
  switch (expression.kind) {
    case 'and':
    case 'or':
      return expression.terms.flatMap(termsOf);
    case 'not':
      return termsOf(expression.term);
    default:
      return [expression];
  }
}
