import * as vscode from 'vscode';
import * as v from 'valibot';
import { NamedModel } from '../../protocol/viewApi';
import { VISUAL_LOOK } from './builtinModels';

type Choice = 'provider' | 'embedder' | 'map';

/** One as it has been kept so far, or several. */
const Providers = v.union([NamedModel, v.pipe(v.array(NamedModel), v.minLength(1))]);

/** What the person chose for this workspace: what tags, what embeds, whose map is shown. */
export class ModelChoices implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: vscode.Memento) {}

  /** What Auto-Tag asks beside the built-in tagger, in this order, or that alone; empty while nobody has chosen. */
  get providers(): readonly NamedModel[] {
    const saved = v.safeParse(Providers, this.memory.get(key('provider')));
    return saved.success ? [saved.output].flat() : [];
  }

  /** The same as one: the first by name, all by title; null while nobody has chosen. */
  get provider(): NamedModel | null {
    const { providers } = this;
    if (providers.length === 0) return null;
    return { name: providers[0].name, title: providers.map(({ title }) => title).join(' + ') };
  }

  /** What Embed and Map ran last. */
  get embedder(): NamedModel {
    return this.read('embedder') ?? VISUAL_LOOK;
  }

  /** Whose map was asked for last; a dataset need not have one of it. */
  get map(): NamedModel {
    return this.read('map') ?? VISUAL_LOOK;
  }

  async choose(what: Choice, { name, title }: NamedModel): Promise<void> {
    await this.memory.update(key(what), { name, title });
    this.changed.fire();
  }

  /** @param providers at least one */
  async chooseProviders(providers: readonly NamedModel[]): Promise<void> {
    await this.memory.update(
      key('provider'),
      providers.map(({ name, title }) => ({ name, title })),
    );
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }

  private read(what: Choice): NamedModel | null {
    const saved = v.safeParse(NamedModel, this.memory.get(key(what)));
    return saved.success ? saved.output : null;
  }
}

function key(what: Choice): string {
  return `models.${what}`;
}
