import type { SampleDetail, ViewState } from '../../src/protocol/viewApi';
import { errorText, isNotIndexed } from '../shared/errorText';
import { hasFilter } from '../shared/filterWords';
import { FreshQuery } from '../shared/freshQuery';
import type { HostConnection } from '../shared/hostConnection';
import { StateWatch, type StateChange } from '../shared/stateWatch';
import { DUPLICATES_SHOWN } from './detail/detailPane';
import { SamplePages } from './grid/samplePages';
import { ThumbnailSource } from './grid/thumbnailSource';
import type { GridGroup } from './grid/groupHeadings';
import { orderInForce, type GridOrder } from './gridOrder';
import { MapData } from './mapData';
import type { PanelState } from './panelState';
import type { Grouping } from './sortField';

interface Groups {
  readonly groups: readonly GridGroup[];
  readonly choices: readonly Grouping[];
}

/** What the panel knows of the active dataset, kept up to date with the host. */
export class PanelData {
  readonly pages: SamplePages;
  readonly thumbnails: ThumbnailSource;
  /** How the list is grouped, and what it can be grouped by. */
  grouping: Groups = { groups: [], choices: [] };
  readonly map: MapData;
  detail: SampleDetail | null | undefined;
  /** Why something is not there, by what it is. */
  readonly failures: { state: string | null; points: string | null; detail: string | null; thumbnails: string | null } =
    {
      state: null,
      points: null,
      detail: null,
      thumbnails: null,
    };
  private readonly watch = new StateWatch();
  private readonly groupsQuery: FreshQuery<Groups>;
  private readonly detailQuery: FreshQuery<SampleDetail | null>;

  /**
   * @param query order, colours and open image as they are now
   * @param onState a new state came, before anything is asked for it
   * @param onChange something here is another one
   */
  constructor(
    private readonly connection: HostConnection,
    private readonly query: () => PanelState,
    private readonly onState: (state: ViewState, change: StateChange) => void,
    private readonly onChange: () => void,
  ) {
    const { host } = connection;
    this.pages = new SamplePages((offset, limit, signal) => {
      return host.samples({ offset, limit, ...this.order }, { signal }).catch((error: unknown) => {
        if (!signal.aborted && !isNotIndexed(error)) connection.reportError(error);
        throw error;
      });
    }, onChange);
    this.thumbnails = new ThumbnailSource(
      (ids, signal) => host.thumbnails({ ids }, { signal }),
      onChange,
      (error) => this.fail('thumbnails', error),
    );
    this.groupsQuery = new FreshQuery<Groups>(
      (signal) => host.groups(this.order, { signal }),
      (groups) => {
        this.grouping = groups;
        onChange();
      },
      (error) => {
        if (!isNotIndexed(error)) connection.reportError(error); // the pages tell that already
      },
    );
    this.map = new MapData(
      host,
      {
        colorBy: () => query().colorBy,
        isFiltered: () => this.state !== undefined && hasFilter(this.state.filter),
        revision: () => this.watch.revision,
      },
      onChange,
      (error) => this.fail('points', error),
    );
    this.detailQuery = new FreshQuery(
      async (signal) => {
        const { openId } = query();
        return openId === null ? null : host.sample({ id: openId }, { signal });
      },
      (detail) => this.acceptDetail(detail),
      (error) => this.fail('detail', error),
    );
  }

  get state(): ViewState | undefined {
    return this.watch.state;
  }

  /** In which order the images are asked for. */
  get order(): GridOrder {
    return orderInForce(this.state?.filter, this.query());
  }

  /** Of the data behind the newest state. */
  get revision(): number {
    return this.watch.revision;
  }

  /** It is known that the active dataset has no database yet. */
  get isUnindexed(): boolean {
    return isNotIndexed(this.pages.failure);
  }

  /** Asks for everything, at first and after a failure. */
  load(): void {
    this.failures.state = null;
    this.connection.host.state(null).then(
      (state) => this.receive(state, null),
      (error: unknown) => this.fail('state', error),
    );
  }

  /** Takes a new state of the host and asks anew for what it changes. */
  receive(state: ViewState, revision: number | null): void {
    const change = this.watch.receive(state, revision);
    if (change.activeChanged) {
      this.pages.clear();
      this.grouping = { groups: [], choices: [] };
      this.map.clear();
      this.detail = undefined;
    }
    this.onState(state, change);
    if (state.active !== null && state.error === null) this.ask(change);
    this.onChange();
  }

  /** The person has just changed tags: shows that without waiting for the host to tell. */
  refreshNow(): void {
    this.pages.refresh();
    this.groupsQuery.refresh();
    if (this.query().openId !== null) this.detailQuery.refresh();
    this.onChange();
  }

  /** Another order of the grid. */
  restartPages(): void {
    this.pages.restart(this.watch.revision);
    this.groupsQuery.restart();
    this.onChange();
  }

  restartPoints(): void {
    this.failures.points = null;
    this.map.restart();
  }

  /** Reads the image that is open now. */
  restartDetail(): void {
    this.failures.detail = null;
    if (this.detail?.id !== this.query().openId) this.detail = undefined;
    if (this.query().openId === null) this.detailQuery.stop();
    else this.detailQuery.restart();
    this.onChange();
  }

  private ask(change: StateChange): void {
    if (change.filterChanged) this.pages.restart(this.watch.revision);
    else if (change.revisionRose) this.pages.refresh();
    if (change.filterChanged) this.groupsQuery.restart();
    else if (change.revisionRose) this.groupsQuery.refresh();
    if (change.dataChanged) this.thumbnails.refresh();
    if (change.activeChanged || change.dataChanged) this.failures.points = null;
    if (change.activeChanged) this.map.restart();
    else if (change.dataChanged) this.map.refresh();
    if (change.filterChanged) this.map.restartMask();
    else if (change.revisionRose) this.map.refreshMask();
    if (this.query().openId === null) return;
    if (change.activeChanged) this.detailQuery.restart();
    // another filter can be another question, which the image is an answer to
    else if (change.dataChanged || change.filterChanged) this.detailQuery.refresh();
  }

  private acceptDetail(detail: SampleDetail | null): void {
    this.detail = detail;
    this.failures.detail = null;
    if (detail) {
      const ids = [
        ...detail.exactDuplicates.slice(0, DUPLICATES_SHOWN),
        ...detail.nearDuplicates.slice(0, DUPLICATES_SHOWN),
      ];
      if (this.thumbnails.uriOf(detail) === undefined && detail.status !== 'failed') ids.push(detail.id);
      this.thumbnails.want('detail', ids);
    }
    this.onChange();
  }

  private fail(what: keyof PanelData['failures'], error: unknown): void {
    if (isNotIndexed(error)) return; // the pages tell that already
    this.failures[what] = errorText(error);
    this.connection.reportError(error);
    this.onChange();
  }
}
