import type * as vscode from 'vscode';
import * as v from 'valibot';

/** How a person set a remote provider up. Keys are kept elsewhere: see `RemoteKeys`. */
const RemoteConfig = v.object({
  /** Name of its manifest. */
  provider: v.string(),
  /** Address of its API. */
  endpoint: v.string(),
  /** As the provider calls it; empty where it has none. */
  model: v.string(),
});
export type RemoteConfig = v.InferOutput<typeof RemoteConfig>;

const Saved = v.record(v.string(), RemoteConfig);
const KEY = 'remote.configs';

/**
 * The remote providers that were set up in this workspace, by the name that their answers are stored under. They are no
 * settings: a folder that came from somebody else would bring its own, and with them another place that images go to.
 */
export class RemoteConfigs {
  /**
   * @param workspace what counts
   * @param machine what was typed last in any workspace, to begin with in the next one
   */
  constructor(
    private readonly workspace: vscode.Memento,
    private readonly machine: vscode.Memento,
  ) {}

  /** By name, the one that was set up last at the end. */
  get all(): ReadonlyMap<string, RemoteConfig> {
    return read(this.workspace);
  }

  /** What was set up of this provider last, here or else anywhere; null for none. */
  last(provider: string): RemoteConfig | null {
    const of = (memory: vscode.Memento) =>
      [...read(memory).values()].findLast((config) => config.provider === provider);
    return of(this.workspace) ?? of(this.machine) ?? null;
  }

  async set(name: string, config: RemoteConfig): Promise<void> {
    const others = [...this.all].filter(([other]) => other !== name);
    await this.workspace.update(KEY, Object.fromEntries([...others, [name, config]]));
    await this.machine.update(KEY, { ...Object.fromEntries(read(this.machine)), [config.provider]: config });
  }
}

function read(memory: vscode.Memento): ReadonlyMap<string, RemoteConfig> {
  const saved = v.safeParse(Saved, memory.get(KEY));
  return new Map(saved.success ? Object.entries(saved.output) : []);
}
