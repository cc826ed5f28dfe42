/** What the host suggests for a text, see `hostApi.suggestTags`. */
export interface TagSuggestions {
  readonly name: string | null;
  readonly problem: string | null;
  readonly isNew: boolean;
  readonly suggestions: readonly {
    readonly tag: string;
    readonly dimension: string;
    readonly samples: number;
    readonly alias: string | null;
  }[];
}

export interface TagOption {
  readonly tag: string;
  /** It is to be made. */
  readonly isNew: boolean;
  /** Samples that have it. */
  readonly samples: number;
  /** What was typed is this other name of it. */
  readonly alias: string | null;
}

/**
 * What can be chosen, the one that Enter takes first: a tag that begins with what was typed, or else just what was
 * typed. Whoever types the name of a new tag that other tags contain does not get one of those.
 */
export function tagOptions({ name, isNew, suggestions }: TagSuggestions): TagOption[] {
  const known = suggestions.map(({ tag, samples, alias }) => ({ tag, samples, alias, isNew: false }));
  if (name === null) return known;
  const isMeant = ({ tag, alias }: TagOption) => tag === name || alias === name;
  if (!isNew) return [...known.filter(isMeant), ...known.filter((option) => !isMeant(option))];
  const create = { tag: name, samples: 0, alias: null, isNew: true };
  const [first] = known;
  const completes = first !== undefined && (first.tag.startsWith(name) || (first.alias?.startsWith(name) ?? false));
  return completes ? [...known, create] : [create, ...known];
}
