import type { Step } from './tagSteps';

interface Memory {
  /** Of each sample, by tag: whether a person gave it (true) or keeps it away (false). */
  readonly said: ReadonlyMap<number, ReadonlyMap<string, boolean>>;
  /** What a name that was changed is called now. */
  readonly names: ReadonlyMap<string, string>;
}

/** What people did to tags, remembered apart from the dataset: only they themselves can change what is in here. */
export class GivenTags {
  private now: Memory;
  private readonly before: Memory[] = [];
  private readonly after: Memory[] = [];

  constructor(private readonly ids: readonly number[]) {
    this.now = { said: new Map(ids.map((id) => [id, new Map()])), names: new Map() };
  }

  given(id: number): string[] {
    return this.tags(id, true);
  }

  removed(id: number): string[] {
    return this.tags(id, false);
  }

  /**
   * @param step that was done: not refused, and not without effect
   * @param isThere whether a sample had a tag before, or somebody suggested it: from others it cannot be removed
   */
  follow(step: Step, isThere: (id: number, tag: string) => boolean): void {
    switch (step.kind) {
      case 'decide': {
        const tag = this.now.names.get(step.tag) ?? step.tag;
        const given = step.action === 'added' || step.action === 'approved';
        const concerns = (id: number) =>
          step.on[this.ids.indexOf(id)] && (step.action !== 'removed' || isThere(id, tag));
        this.act((said, id) => (concerns(id) ? new Map([...said, [tag, given]]) : said), this.now.names);
        return;
      }
      case 'rename': {
        this.join([step.from], step.to);
        return;
      }
      case 'merge': {
        this.join(step.from, step.to);
        return;
      }
      case 'delete': {
        const tag = this.now.names.get(step.from) ?? step.from;
        this.act((said) => new Map([...said].filter(([name]) => name !== tag)), this.now.names);
        return;
      }
      case 'undo': {
        this.move(this.before, this.after);
        return;
      }
      case 'redo': {
        this.move(this.after, this.before);
        return;
      }
      default: // neither runs nor rules are people's word on a tag
    }
  }

  /** Given under one of the names is given under the new one; kept away else, where it was kept away. */
  private join(from: readonly string[], to: string): void {
    const { names } = this.now;
    const old = from.map((name) => names.get(name) ?? name);
    const turned = old.includes(names.get(to) ?? to);
    const target = turned && from.length === 1 ? to : (names.get(to) ?? to);
    const joined = [...old, target];
    const moved = new Map(
      [...names].map(([name, tag]): [string, string] => [name, joined.includes(tag) ? target : tag]),
    );
    for (const name of old) moved.set(name, target);
    moved.delete(target);
    this.act((said) => {
      const own = [...said].filter(([tag]) => joined.includes(tag));
      const rest = new Map([...said].filter(([tag]) => !joined.includes(tag)));
      return own.length > 0
        ? rest.set(
            target,
            own.some(([, given]) => given),
          )
        : rest;
    }, moved);
  }

  private act(
    change: (said: ReadonlyMap<string, boolean>, id: number) => ReadonlyMap<string, boolean>,
    names: ReadonlyMap<string, string>,
  ): void {
    const said = new Map([...this.now.said].map(([id, tags]) => [id, change(tags, id)]));
    this.before.push(this.now);
    this.after.length = 0;
    this.now = { said, names };
  }

  private move(from: Memory[], to: Memory[]): void {
    const memory = from.pop();
    if (!memory) return;
    to.push(this.now);
    this.now = memory;
  }

  private tags(id: number, given: boolean): string[] {
    return [...this.now.said.get(id)!].flatMap(([tag, is]) => (is === given ? [tag] : [])).sort();
  }
}
