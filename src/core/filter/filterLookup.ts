/** What has to be known of a dataset to evaluate a filter. */
export interface FilterLookup {
  /** The name under which a tag is in force: itself in lower case, or what that is an alias of. */
  tag(name: string): string;
  /** Whether the vocabulary has that dimension. */
  isDimension(name: string): boolean;
  /** Rows of `derived_tags` that give such a tag, as a condition in SQL. */
  rowsOf(
    isWanted: (name: { readonly tag: string; readonly dimension: string; readonly source: string }) => boolean,
  ): string;
  /**
   * A temp table with the samples that have a word: `id`, and `rank` as in `RANKS`.
   * @param corrected as what is nearest to it when nothing has the word itself
   */
  wordTable(text: string, corrected: boolean): string;
}

/** Where a sample has a word, the best place first: the numbers that ranks are. */
export const RANKS = ['fileName', 'nameStart', 'namePart', 'tag', 'tagStart', 'folder', 'caption'] as const;

/** Of what does not have the word at all. */
export const NO_RANK = RANKS.length;
