import type { SampleRow } from '../../../src/protocol/viewApi';

/** Rows asked for at a time. */
export const PAGE_ROWS = 200;

export interface PageAnswer {
  readonly revision: number;
  readonly total: number;
  readonly matching: number;
  readonly rows: readonly SampleRow[];
}

type FetchPage = (offset: number, limit: number, signal: AbortSignal) => Promise<PageAnswer>;

interface Page {
  readonly rows: readonly SampleRow[];
  /** The data has changed since. */
  stale: boolean;
}

interface Loading {
  readonly controller: AbortController;
  /** The data has changed since it was asked for: the answer is worth showing, but has to be asked for again. */
  stale: boolean;
}

/**
 * The rows of a long list, read page by page as they come into sight. Only the last used pages are kept. After
 * `restart` the rows of the old list stay until the first answer of the new one, so that nothing flashes; answers to
 * the old question are dropped.
 */
export class SamplePages {
  private pages = new Map<number, Page>();
  private readonly loading = new Map<number, Loading>();
  private readonly failures = new Map<number, unknown>();
  private oldestRevision = 0;
  private outdated = true;
  private counts: { total: number; matching: number } | undefined;

  /** @param onChange rows, counts or failures are others now */
  constructor(
    private readonly fetchPage: FetchPage,
    private readonly onChange: () => void,
    private readonly keptPages = 40,
  ) {}

  /** Images that pass the filter, undefined until the first answer. */
  get matching(): number | undefined {
    return this.counts?.matching;
  }

  get total(): number | undefined {
    return this.counts?.total;
  }

  /** Why rows that were asked for are not there. */
  get failure(): unknown {
    return this.failures.values().next().value;
  }

  /** Whether the rows are still those of the list before the last `restart`. */
  get isOutdated(): boolean {
    return this.outdated;
  }

  /** The row, or undefined when it has to be awaited. */
  row(index: number): SampleRow | undefined {
    return this.pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  }

  /** The place of a sample among the rows at hand. */
  indexOf(id: number): number | undefined {
    for (const [page, { rows }] of this.pages) {
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return page * PAGE_ROWS + at;
    }
    return undefined;
  }

  /** Another list from here on. Answers older than `revision` do not belong to it. */
  restart(revision: number): void {
    for (const page of this.loading.keys()) this.cancel(page);
    this.failures.clear();
    this.outdated = true;
    this.oldestRevision = revision;
  }

  /** The same list with changed data: rows stay in sight until they are read anew. */
  refresh(): void {
    for (const page of this.pages.values()) page.stale = true;
    for (const page of this.loading.values()) page.stale = true;
    this.failures.clear();
  }

  /** Forgets everything, as when another dataset is shown. */
  clear(): void {
    this.restart(0);
    this.pages.clear();
    this.counts = undefined;
  }

  /** Asks for the pages of these rows, both included, that are not at hand, and for no others. */
  need(first: number, last: number): void {
    const firstPage = Math.floor(Math.max(0, first) / PAGE_ROWS);
    const lastPage = Math.floor(Math.max(0, last) / PAGE_ROWS);
    for (const page of this.loading.keys()) if (page < firstPage || page > lastPage) this.cancel(page);
    for (let page = firstPage; page <= lastPage; page++) this.needPage(page);
  }

  /** Tries failed pages again when they are needed next. */
  retry(): void {
    this.failures.clear();
    this.onChange();
  }

  private needPage(index: number): void {
    if (this.loading.has(index) || this.failures.has(index)) return;
    const page = this.pages.get(index);
    if (page && !this.outdated) {
      this.pages.delete(index);
      this.pages.set(index, page); // now the one used last
      if (!page.stale) return;
    }
    void this.load(index);
  }

  private async load(index: number): Promise<void> {
    const loading: Loading = { controller: new AbortController(), stale: false };
    this.loading.set(index, loading);
    const isLate = () => this.loading.get(index) !== loading;
    try {
      const answer = await this.fetchPage(index * PAGE_ROWS, PAGE_ROWS, loading.controller.signal);
      if (isLate()) return;
      this.loading.delete(index);
      if (answer.revision >= this.oldestRevision) this.accept(index, answer, loading.stale);
    } catch (error) {
      if (isLate()) return;
      this.loading.delete(index);
      this.failures.set(index, error);
    }
    this.onChange();
  }

  private accept(index: number, answer: PageAnswer, stale: boolean): void {
    if (this.outdated) {
      this.pages.clear();
      this.outdated = false;
    }
    this.counts = { total: answer.total, matching: answer.matching };
    this.pages.delete(index);
    this.pages.set(index, { rows: answer.rows, stale });
    for (const page of this.pages.keys()) {
      if (this.pages.size <= this.keptPages) break;
      this.pages.delete(page);
    }
  }

  private cancel(page: number): void {
    const loading = this.loading.get(page);
    this.loading.delete(page);
    loading?.controller.abort();
  }
}
