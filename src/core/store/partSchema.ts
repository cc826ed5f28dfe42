/** Raised whenever a column changes its meaning. */
export const PART_VERSION = 1;

/**
 * Kinds of rows of a part file: the run (one row), an image that was read, "this model has looked at it" (the only row of
 * one that stayed silent), what it said, what it wrote, what it failed at, and a file that nobody can use.
 */
export const PART_KINDS = ['run', 'image', 'answer', 'prediction', 'caption', 'failure', 'file-failure'] as const;

/** Columns of a part file, in order, with their DuckDB types. docs/scale.md documents them. */
export const PART_COLUMNS = {
  version: 'INTEGER',
  kind: 'VARCHAR',
  path: 'VARCHAR',
  size: 'BIGINT',
  mtime_ms: 'DOUBLE',
  content_hash: 'VARCHAR',
  model: 'VARCHAR',
  dimension: 'VARCHAR',
  tag: 'VARCHAR',
  score: 'DOUBLE',
  caption: 'VARCHAR',
  code: 'VARCHAR',
  message: 'VARCHAR',
  perceptual_hash: 'VARCHAR',
  width: 'INTEGER',
  height: 'INTEGER',
  format: 'VARCHAR',
  lightness: 'DOUBLE',
  sharpness: 'DOUBLE',
  noise: 'DOUBLE',
  entropy: 'DOUBLE',
  chroma: 'DOUBLE',
  overexposed: 'DOUBLE',
  revision: 'VARCHAR',
  licence: 'VARCHAR',
  threshold: 'DOUBLE',
  dimension_thresholds: 'VARCHAR',
  settings: 'VARCHAR',
} as const;

export type PartColumn = keyof typeof PART_COLUMNS;

/** What is known of an image's pixels: columns of the same name in `samples`. */
export const MEASURED = [
  ...(['perceptual_hash', 'width', 'height', 'format', 'lightness', 'sharpness'] as const),
  ...(['noise', 'entropy', 'chroma', 'overexposed'] as const),
] satisfies readonly PartColumn[];

/** A text as DuckDB reads it in a statement that binds no values. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** DuckDB takes the name of a file to read for a pattern: this one names the file alone. */
export function partSource(file: string): string {
  return `read_parquet(${quoted(file.replace(/[*?[]/g, '[$&]'))})`;
}
