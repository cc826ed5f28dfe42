/** Commits what comes in: at once when nothing is being committed, else together with all that comes meanwhile. */
export class CommitQueue<T> {
  private waiting: T[] = [];
  private last: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;

  /** @param commit stores a batch in one transaction */
  constructor(private readonly commit: (batch: readonly T[]) => Promise<void>) {}

  /** Resolves once the item is committed; rejects when that failed, or one before it did. */
  add(item: T): Promise<void> {
    this.waiting.push(item);
    this.next ??= this.last.then(() => this.flush());
    return this.next;
  }

  private flush(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    this.next = null;
    this.last = this.commit(batch);
    return this.last;
  }
}
