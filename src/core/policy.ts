/** What the editor's settings say of how predictions become tags; what was set for a dataset comes before it. */
export interface InheritedPolicy {
  /** Lowest score (0 to 100) at which what a provider says becomes a suggestion. Not named: what its model brings. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** Most tags an image gets from models; what a person decided does not count. At least 1. */
  readonly maxTags: number;
}

/** Threshold of providers of which neither a rule nor their model says one. */
export const DEFAULT_THRESHOLD = 50;

/** Most tags an image gets from models, as long as nobody set another number. */
export const DEFAULT_MAX_TAGS = 10;
