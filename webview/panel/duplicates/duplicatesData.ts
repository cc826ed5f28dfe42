import type { DuplicateGroup, GroupQuery } from '../../../src/protocol/duplicatesApi';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi, ViewState } from '../../../src/protocol/viewApi';
import { errorText } from '../../shared/errorText';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { StateWatch } from '../../shared/stateWatch';

/** Groups of one page. */
export const GROUPS_SHOWN = 50;

export type GroupPage = Awaited<ReturnType<Client<HostApi>['duplicateGroups']>>;

const EVERYTHING: GroupQuery = { kind: null, leaks: false, open: false, filtered: false };

/** What the Duplicates tab knows of the active dataset, kept up to date with the host. */
export class DuplicatesData {
  /** Undefined while it is read. */
  page: GroupPage | undefined;
  /** Why it could not be read, or null. */
  failure: string | null = null;
  query = EVERYTHING;
  offset = 0;
  /** Place of the group in sight, within the page. */
  at = 0;
  /** What a person chose to keep, by group; the suggestion holds for others. */
  private readonly chosen = new Map<number, number>();
  private readonly watch = new StateWatch();
  private readonly pages: FreshQuery<GroupPage>;

  constructor(
    connection: HostConnection,
    private readonly onChange: () => void,
  ) {
    this.pages = new FreshQuery(
      () => connection.host.duplicateGroups({ ...this.query, offset: this.offset, limit: GROUPS_SHOWN }),
      (page) => this.take(page),
      (error) => {
        this.failure = errorText(error);
        connection.reportError(error);
        this.onChange();
      },
    );
  }

  receive(view: ViewState, revision: number): void {
    const change = this.watch.receive(view, revision);
    if (change.activeChanged) {
      this.page = undefined;
      this.chosen.clear();
      this.ask(EVERYTHING);
    } else if (change.dataChanged || (change.filterChanged && this.query.filtered)) {
      this.pages.refresh();
    }
  }

  get group(): DuplicateGroup | undefined {
    return this.page?.rows[this.at];
  }

  /** The image to keep of a group: chosen by hand, else the suggestion. */
  kept(group: DuplicateGroup): number {
    const chosen = this.chosen.get(group.id);
    // A new search numbers the groups anew, and a file may have gone.
    return chosen !== undefined && group.images.some(({ id }) => id === chosen) ? chosen : group.best.id;
  }

  keep(group: DuplicateGroup, id: number): void {
    this.chosen.set(group.id, id);
    this.onChange();
  }

  /** @param at place in the page */
  select(at: number): void {
    this.at = at;
    this.onChange();
  }

  /** Asks another question, from its first page on. */
  ask(query: Partial<GroupQuery>): void {
    this.query = { ...this.query, ...query };
    this.show(0, 0);
  }

  show(offset: number, at: number): void {
    this.offset = offset;
    this.at = at;
    this.restart();
  }

  restart(): void {
    this.failure = null;
    this.pages.restart();
    this.onChange();
  }

  /** To the next or the previous group, also over the end of a page. */
  go(step: 1 | -1): void {
    const { page } = this;
    if (!page) return;
    const to = this.at + step;
    if (to >= 0 && to < page.rows.length) {
      this.select(to);
    } else if (to < 0 && this.offset > 0) {
      this.show(Math.max(0, this.offset - GROUPS_SHOWN), GROUPS_SHOWN - 1);
    } else if (to > 0 && this.offset + page.rows.length < page.groups) {
      this.show(this.offset + GROUPS_SHOWN, 0);
    }
  }

  stop(): void {
    this.pages.stop();
  }

  private take(page: GroupPage): void {
    this.failure = null;
    this.page = page;
    this.at = Math.max(0, Math.min(this.at, page.rows.length - 1));
    if (page.rows.length === 0 && this.offset > 0)
      this.show(0, 0); // there are fewer now
    else this.onChange();
  }
}
