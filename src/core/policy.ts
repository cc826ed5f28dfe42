/** How predictions become tags. A pure function of settings: changing it re-derives every tag, without inference. */
export interface Policy {
  /** Lowest score (0 to 100) at which a prediction of a provider becomes a tag; 50 for providers not named. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** Most tags an image gets from models; what a person decided does not count. At least 1. */
  readonly maxTags: number;
}

/** Threshold of providers that the policy does not name. */
export const DEFAULT_THRESHOLD = 50;

export const DEFAULT_POLICY: Policy = {
  thresholds: { builtin: DEFAULT_THRESHOLD, duplicates: DEFAULT_THRESHOLD },
  maxTags: 10,
};
