import type { Client } from '../../../src/protocol/rpc';
import type { DecideAction, SampleSet } from '../../../src/protocol/tagApi';
import type { HostApi } from '../../../src/protocol/viewApi';
import type { TagSuggestions } from '../../shared/tagOptions';

const SUGGESTED = 20;

/** Gives and takes tags by the host, one action after the other as they were asked for, and says the outcome. */
export class Tagger {
  private last: Promise<unknown> = Promise.resolve();

  /** @param onOutcome what was done, in words for the person */
  constructor(
    private readonly host: Pick<Client<HostApi>, 'decide' | 'tagsOf' | 'suggestTags'>,
    private readonly onOutcome: (text: string) => void,
  ) {}

  decide(samples: SampleSet, tag: string, action: DecideAction, dimension: string | null = null): Promise<void> {
    return this.inTurn(() => this.record(samples, tag, action, dimension));
  }

  /** Gives the tag to all of these samples; takes it from them when all have it. */
  toggle(samples: SampleSet, tag: string): Promise<void> {
    return this.inTurn(async () => {
      const { total, tags } = await this.host.tagsOf({ samples });
      const has = tags.find((used) => used.tag === tag)?.samples ?? 0;
      await this.record(samples, tag, total > 0 && has === total ? 'removed' : 'added', null);
    });
  }

  suggest(text: string): Promise<TagSuggestions> {
    return this.host.suggestTags({ text, limit: SUGGESTED });
  }

  private async record(samples: SampleSet, tag: string, action: DecideAction, dimension: string | null): Promise<void> {
    const operation = await this.host.decide({ samples, tags: [tag], action, dimension });
    this.onOutcome(operation ? `Done: ${operation.title}` : `“${tag}”: nothing changes by that.`);
  }

  private inTurn(action: () => Promise<void>): Promise<void> {
    const turn = this.last.then(action);
    this.last = turn.catch(() => undefined); // told to whoever asked for it
    return turn;
  }
}
