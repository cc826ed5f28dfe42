/** Fields that take a text after a colon; any dimension of tags is one more. */
export type TextField =
  | 'tag'
  | 'path'
  | 'name'
  | 'folder'
  | 'caption'
  | 'format'
  | 'status'
  | 'camera'
  | 'source'
  | 'provider'
  | 'run'
  | 'decided'
  | 'rejected'
  | 'review'
  | 'disagree'
  | 'issue'
  | 'split';

/** Fields that are compared with a number. */
export type NumberField =
  'width' | 'height' | 'size' | 'lightness' | 'sharpness' | 'noise' | 'entropy' | 'chroma' | 'overexposed';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What the filter language means, independent of how it is evaluated. Texts are as typed. */
export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly FilterExpression[] }
  | { readonly kind: 'not'; readonly term: FilterExpression }
  | WordExpression
  | { readonly kind: 'text'; readonly field: TextField; readonly value: string }
  /** A tag of one dimension. */
  | { readonly kind: 'dimension'; readonly dimension: string; readonly tag: string }
  | { readonly kind: 'number'; readonly field: NumberField; readonly comparison: Comparison; readonly value: number }
  /** Confidence of a tag that the sample has, 0 to 100; null: of any of its tags. */
  | {
      readonly kind: 'confidence';
      readonly tag: string | null;
      readonly comparison: Comparison;
      readonly value: number;
    };

/** Part of the path, or the beginning of a word of a tag or a caption, whatever the case. */
export interface WordExpression {
  readonly kind: 'word';
  readonly text: string;
  /** It stood in quotes, so it is meant as it is: never corrected. */
  readonly exact?: true;
}

/** The conditions that may hold of what passes, in the order of the text; not those that a filter excludes. */
export function wantedTerms(expression: FilterExpression | null): FilterExpression[] {
  if (!expression || expression.kind === 'not') return [];
  if (expression.kind === 'and' || expression.kind === 'or') return expression.terms.flatMap(wantedTerms);
  return [expression];
}

/** The words that a filter looks for; not those that it excludes. */
export function wordsOf(expression: FilterExpression | null): WordExpression[] {
  return wantedTerms(expression).filter((term) => term.kind === 'word');
}
