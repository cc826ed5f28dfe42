/** What a word means in a dataset: a sample has it in one of these ways. */
export interface WordMeaning {
  /** What to look for in paths and captions: the word itself, or those it was corrected to. In lower case. */
  readonly texts: readonly string[];
  /** Tags that are the word, by their names in force. */
  readonly equalTags: readonly string[];
  /** Tags of which a word begins so; those that are equal among them. */
  readonly prefixTags: readonly string[];
  readonly inCaptions: boolean;
}

/** What has to be known of a dataset to evaluate a filter. */
export interface FilterLookup {
  /** The name under which a tag is in force: itself in lower case, or what that is an alias of. */
  tag(name: string): string;
  /** `corrected`: as what is nearest to it when nothing has the word itself. */
  word(text: string, corrected: boolean): WordMeaning;
}
