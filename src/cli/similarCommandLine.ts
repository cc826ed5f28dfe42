import type { VariantOptions } from './modelOptions';

/** A call of `similar`. Either images or a text are there. */
export interface SimilarCommandLine extends VariantOptions {
  readonly folder: string;
  readonly database: string | undefined;
  readonly json: boolean;
  /** Paths, from where the command runs or inside the dataset. */
  readonly images: readonly string[];
  readonly text: string | null;
  /** Whose vectors to compare, or null for the one that fits. */
  readonly model: string | null;
  /** What must hold besides, or null. */
  readonly filter: string | null;
  readonly limit: number;
  readonly modelDir: string | undefined;
}
