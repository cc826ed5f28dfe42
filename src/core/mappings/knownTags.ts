/** A tag as the rows of a mapping file find it. */
export interface KnownTag {
  aliasOf: string | null;
  implies: ReadonlySet<string>;
  readonly deleted: boolean;
}

/** The tags of a dataset while a file is taken in: what rows before have changed counts for those after. */
export class KnownTags {
  private readonly changedNames = new Set<string>();
  /** By canonical name. */
  private readonly graph = new Map<string, Set<string>>();

  /** The aliases of each tag that has some. */
  private readonly standIns = new Map<string, Set<string>>();

  constructor(private readonly tags: Map<string, KnownTag>) {
    for (const [name, { aliasOf }] of tags) if (aliasOf !== null) this.standInsOf(aliasOf).add(name);
    for (const [name, { implies }] of tags) for (const parent of implies) this.link(name, parent);
  }

  /** Names whose alias or implications differ from before, and new ones. */
  get changed(): ReadonlySet<string> {
    return this.changedNames;
  }

  get implications(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.graph;
  }

  get(name: string): Readonly<KnownTag> | undefined {
    return this.tags.get(name);
  }

  canonical(name: string): string {
    return this.tags.get(name)?.aliasOf ?? name;
  }

  isDeleted(name: string): boolean {
    return this.tags.get(this.canonical(name))?.deleted ?? false;
  }

  /** `target` must be canonical, or stand for `alias`, which then changes places with it. */
  pointAlias(alias: string, target: string): void {
    const moved = [alias, ...this.standInsOf(alias)].filter((name) => name !== target);
    this.standInsOf(this.change(alias).aliasOf ?? alias).delete(alias);
    this.standIns.delete(alias);
    this.change(target).aliasOf = null;
    for (const name of moved) {
      this.change(name).aliasOf = target;
      this.standInsOf(target).add(name);
    }
    this.merge(alias, target);
  }

  imply(name: string, parent: string): void {
    const tag = this.change(name);
    this.change(parent);
    tag.implies = new Set([...tag.implies, parent]);
    this.link(name, parent);
  }

  private change(name: string): KnownTag {
    let tag = this.tags.get(name);
    if (!tag) this.tags.set(name, (tag = { aliasOf: null, implies: new Set(), deleted: false }));
    this.changedNames.add(name);
    return tag;
  }

  private standInsOf(tag: string): Set<string> {
    const known = this.standIns.get(tag) ?? new Set();
    this.standIns.set(tag, known);
    return known;
  }

  private link(name: string, parent: string): void {
    const [tag, implied] = [this.canonical(name), this.canonical(parent)];
    if (tag === implied) return;
    const parents = this.graph.get(tag);
    if (parents) parents.add(implied);
    else this.graph.set(tag, new Set([implied]));
  }

  private merge(from: string, into: string): void {
    const own = this.graph.get(from);
    this.graph.delete(from);
    for (const parents of this.graph.values()) if (parents.delete(from)) parents.add(into);
    if (own) this.graph.set(into, new Set([...(this.graph.get(into) ?? []), ...own].filter((name) => name !== into)));
  }
}
