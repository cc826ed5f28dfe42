/** The provider and the embedder that are part of the program. */
export const BUILT_IN = { provider: 'builtin', embedder: 'visual-look' } as const;

export const DEVICES = ['auto', 'cpu', 'gpu'] as const;

/** Which of a model's files to use, and on what. */
export interface VariantOptions {
  readonly device: (typeof DEVICES)[number];
  readonly dtype: string | undefined;
}
