/** What one output of a tagger stands for. */
export interface Label {
  readonly tag: string;
  readonly dimension: string;
}

/** The labels of a tagger, in the order of its outputs. */
export interface LabelSet {
  readonly labels: readonly Label[];
  /** Dimensions in which the likeliest label is the answer, whatever its confidence. */
  readonly single: ReadonlySet<string>;
  /** Absolute path of the file that names them. */
  readonly file: string;
  /** Makes probabilities, 0 to 1, of what the graph gives. @throws UserError `model-unusable` when there are none */
  probabilities(row: Float32Array): Float32Array;
}
