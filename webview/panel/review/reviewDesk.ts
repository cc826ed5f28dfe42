import type { Operation } from '../../../src/protocol/tagApi';
import type { ViewState } from '../../../src/protocol/viewApi';
import { errorText } from '../../shared/errorText';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { StateWatch } from '../../shared/stateWatch';
import { ReviewQueue, type QueueItems, type Verdict } from './reviewQueue';
import type { ReviewState } from './reviewState';

export type ReviewTags = Awaited<ReturnType<HostConnection['host']['reviewTags']>>;
type Scope = Pick<ReviewState, 'tag' | 'provider' | 'filtered' | 'order'>;

/** A decision about the suggestion of a tag for an image; it need not be in the queue. */
export interface Decision {
  readonly id: number;
  readonly tag: string;
  readonly verdict: Verdict;
}

export interface DeskListener {
  /** Another dataset is shown, or the first one. */
  datasetChanged(dataset: string | null): void;
  /** Another queue is there, to be entered where one left off. */
  queueChanged(): void;
  changed(): void;
}

/** What the review knows: tags with their counts, the queue, and what became of the decisions that were sent. */
export class ReviewDesk {
  tags: ReviewTags | undefined;
  queue: ReviewQueue | undefined;
  /** Suggestions that came since the queue was made. */
  newItems = 0;
  readonly failures: { tags: string | null; queue: string | null; action: string | null } = {
    tags: null,
    queue: null,
    action: null,
  };
  private readonly watch = new StateWatch();
  private readonly tagsQuery: FreshQuery<ReviewTags>;
  private readonly queueQuery: FreshQuery<QueueItems>;
  /** What is in the queue's scope now, to be compared with the queue. */
  private readonly presenceQuery: FreshQuery<QueueItems>;
  /** Takes back what an operation of this page changed in the queue. */
  private readonly reverts = new Map<number, { revert(): void; first: number }>();
  private sent = 0;

  constructor(
    private readonly connection: HostConnection,
    private readonly scope: () => Scope,
    private readonly listener: DeskListener,
  ) {
    const { host } = connection;
    this.tagsQuery = new FreshQuery<ReviewTags>(
      (signal) => host.reviewTags({ provider: this.scope().provider, filtered: this.scope().filtered }, { signal }),
      (tags) => this.acceptTags(tags),
      (error) => this.fail('tags', error),
    );
    this.queueQuery = new FreshQuery<QueueItems>(
      (signal) => host.reviewItems(this.scope(), { signal }),
      (items) => this.acceptQueue(items),
      (error) => this.fail('queue', error),
    );
    this.presenceQuery = new FreshQuery<QueueItems>(
      (signal) => host.reviewItems({ ...this.scope(), order: 'confident' }, { signal }),
      (items) => this.reconcile(items),
      (error) => this.fail('queue', error),
    );
  }

  /** Decisions are on their way to the database. */
  get isSaving(): boolean {
    return this.sent > 0;
  }

  get state(): ViewState | undefined {
    return this.watch.state;
  }

  receive(view: ViewState, revision: number): void {
    const change = this.watch.receive(view, revision);
    if (change.activeChanged) {
      this.tags = undefined;
      this.listener.datasetChanged(view.active);
      this.restart();
    } else if (change.filterChanged && this.scope().filtered) this.restart();
    else if (change.dataChanged) this.tagsQuery.refresh();
    this.listener.changed();
  }

  /** The scope is another one. */
  restart(): void {
    this.tagsQuery.restart();
    this.restartQueue();
  }

  restartQueue(): void {
    this.queue = undefined;
    this.newItems = 0;
    this.failures.queue = null;
    this.reverts.clear();
    this.presenceQuery.stop();
    this.queueQuery.restart();
    this.listener.changed();
  }

  /** Sends decisions as one operation. Resolves to what was done, null when that is nothing or it failed. */
  async decide(decisions: readonly Decision[]): Promise<Operation | null> {
    const tagNames = [...new Set(decisions.map(({ tag }) => tag))];
    const items = {
      ids: Int32Array.from(decisions, ({ id }) => id),
      tags: Int32Array.from(decisions, ({ tag }) => tagNames.indexOf(tag)),
      tagNames,
      approved: Uint8Array.from(decisions, ({ verdict }) => (verdict === 'approved' ? 1 : 0)),
    };
    const indexes = (verdict: Verdict) =>
      decisions.flatMap((decision) => {
        const index = decision.verdict === verdict ? (this.queue?.indexOf(decision.id, decision.tag) ?? -1) : -1;
        return index >= 0 ? [index] : [];
      });
    return this.send(indexes('approved'), indexes('rejected'), () => this.connection.host.decideItems(items));
  }

  /** Approves all undecided ones of at least this confidence, or rejects those below it. */
  decideByConfidence(verdict: Verdict, confidence: number): Promise<Operation | null> {
    const indexes = this.queue?.undecidedBy(confidence, verdict === 'approved' ? 'above' : 'below') ?? [];
    const { tag, provider, filtered } = this.scope();
    return this.send(verdict === 'approved' ? indexes : [], verdict === 'rejected' ? indexes : [], () =>
      this.connection.host.decideByConfidence({ tag, provider, filtered, action: verdict, confidence }),
    );
  }

  /** Resolves to what was undone, and where in the queue that is when it was done here; null when nothing was. */
  async undo(): Promise<{ operation: Operation; index: number | null } | null> {
    const operation = await this.connection.host.undo(null).catch((error: unknown) => {
      this.fail('action', error);
      return null;
    });
    if (!operation) return null;
    const known = this.reverts.get(operation.id);
    known?.revert();
    this.listener.changed();
    return { operation, index: known?.first ?? null };
  }

  dismissFailure(): void {
    this.failures.action = null;
    this.listener.changed();
  }

  /** What went wrong with something that was tried, in words. */
  fail(what: keyof ReviewDesk['failures'], error: unknown): void {
    this.failures[what] = errorText(error);
    this.connection.reportError(error);
    this.listener.changed();
  }

  private async send(
    approved: readonly number[],
    rejected: readonly number[],
    ask: () => Promise<Operation | null>,
  ): Promise<Operation | null> {
    const reverts = [this.queue?.decide(approved, 'approved'), this.queue?.decide(rejected, 'rejected')];
    const revert = () => reverts.forEach((takeBack) => takeBack?.());
    const { queue } = this;
    this.failures.action = null;
    this.sent++;
    this.presenceQuery.stop();
    this.listener.changed();
    try {
      const operation = await ask();
      const first = Math.min(...approved, ...rejected);
      if (operation && queue === this.queue) this.reverts.set(operation.id, { revert, first });
      return operation;
    } catch (error) {
      revert();
      this.fail('action', error);
      return null;
    } finally {
      this.sent--;
      this.listener.changed();
    }
  }

  private acceptTags(tags: ReviewTags): void {
    this.tags = tags;
    this.failures.tags = null;
    const { queue } = this;
    // Decisions on their way are not in these counts; those after them are.
    if (queue && this.sent === 0 && this.undecidedInScope(tags) !== queue.remaining + this.newItems) {
      this.presenceQuery.refresh();
    }
    this.listener.changed();
  }

  private undecidedInScope({ undecided, tags }: ReviewTags): number {
    const { tag } = this.scope();
    return tag === null ? undecided : (tags.find((other) => other.tag === tag)?.undecided ?? 0);
  }

  private acceptQueue(items: QueueItems): void {
    this.queue = new ReviewQueue(items);
    this.failures.queue = null;
    this.listener.queueChanged();
    this.listener.changed();
  }

  private reconcile(items: QueueItems): void {
    if (!this.queue || this.sent > 0) return;
    this.newItems = this.queue.reconcile(items);
    this.listener.changed();
  }
}
