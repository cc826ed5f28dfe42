/** Fields that take a text after a colon; any dimension of tags is one more. */
export type TextField = 'tag' | 'path' | 'folder' | 'format' | 'status' | 'camera';

/** Fields that are compared with a number. */
export type NumberField =
  'width' | 'height' | 'size' | 'lightness' | 'sharpness' | 'noise' | 'entropy' | 'chroma' | 'overexposed';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** What the filter language means, independent of how it is evaluated. Texts are as typed. */
export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly FilterExpression[] }
  | { readonly kind: 'not'; readonly term: FilterExpression }
  /** Part of the path or of a tag, whatever the case. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'text'; readonly field: TextField; readonly value: string }
  /** A tag of one dimension. */
  | { readonly kind: 'dimension'; readonly dimension: string; readonly tag: string }
  | { readonly kind: 'number'; readonly field: NumberField; readonly comparison: Comparison; readonly value: number }
  /** Confidence of a tag that the sample has, 0 to 100. */
  | { readonly kind: 'confidence'; readonly tag: string; readonly comparison: Comparison; readonly value: number };
