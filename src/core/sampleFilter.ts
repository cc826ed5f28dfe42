import type { FilterExpression } from './filter/filterExpression';

/** Which samples to look at. Picks, expression and selection must all hold. */
export interface SampleFilter {
  /** Picked values by facet dimension: values of one dimension are alternatives, dimensions add up. */
  readonly picks: Readonly<Record<string, readonly string[]>>;
  /** From `parseFilter`. */
  readonly expression: FilterExpression | null;
  /** Ids of samples, for example from a lasso. */
  readonly selection: Int32Array | null;
  /** Where the selection is what was found to be alike: how much each of it is, the best first. */
  readonly scores?: Float32Array | null;
}

export const NO_FILTER: SampleFilter = { picks: {}, expression: null, selection: null };
