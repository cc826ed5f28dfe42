import type { NamedModel } from '../../protocol/viewApi';

/** The provider that is part of the program. It always runs, and first. */
export const BUILTIN: NamedModel = { name: 'builtin', title: 'Built-in tagger' };
/** The embedder that is part of the program. */
export const VISUAL_LOOK: NamedModel = { name: 'visual-look', title: 'Visual look' };
