import type { Client } from '../../../src/protocol/rpc';
import type { HostApi } from '../../../src/protocol/viewApi';
import type { ScoreCounts } from './scoreCounts';

/** The scores of providers and of their dimensions: asked for when first looked at, and again when the data changes. */
export class ScoreSource {
  private readonly known = new Map<string, ScoreCounts>();
  private readonly outdated = new Set<string>();
  /** Not asked for again before the data changes. */
  private readonly failed = new Set<string>();
  private asking = false;
  private generation = 0;

  constructor(
    private readonly host: Pick<Client<HostApi>, 'scores'>,
    private readonly onChange: () => void,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** @param dimension '' for all that the provider says; undefined while they are on their way */
  of(provider: string, dimension: string): ScoreCounts | undefined {
    const key = JSON.stringify([provider, dimension]);
    const found = this.known.get(key);
    if (!found && !this.outdated.has(key) && !this.failed.has(key)) {
      this.outdated.add(key);
      void this.ask();
    }
    return found;
  }

  /** The data changed: what is known holds until the answer is there. */
  refresh(): void {
    for (const key of [...this.known.keys(), ...this.failed]) this.outdated.add(key);
    this.failed.clear();
    void this.ask();
  }

  /** Another dataset is shown. */
  clear(): void {
    this.known.clear();
    this.outdated.clear();
    this.failed.clear();
    this.generation++;
  }

  /** One after the other, so that they do not hold up what a person does meanwhile. */
  private async ask(): Promise<void> {
    if (this.asking) return;
    this.asking = true;
    await Promise.resolve(); // never in the middle of rendering
    for (const key of this.outdated) {
      this.outdated.delete(key);
      const { generation } = this;
      const [provider, dimension] = JSON.parse(key) as [string, string];
      try {
        const scores = await this.host.scores({ provider, dimension: dimension || null, tag: null, filtered: false });
        if (generation === this.generation) this.known.set(key, scores);
      } catch (error) {
        if (generation === this.generation) {
          this.failed.add(key);
          this.onFailure(error);
        }
      }
      this.onChange();
    }
    this.asking = false;
  }
}
