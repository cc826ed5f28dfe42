import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { Client } from '../../src/protocol/rpc';
import type { HostApi, ViewState } from '../../src/protocol/viewApi';
import { errorText } from '../shared/errorText';
import type { HostConnection } from '../shared/hostConnection';
import { LightElement } from '../shared/lightElement';
import { failureBar, notice } from '../shared/notice';
import type { StateChange } from '../shared/stateWatch';
import { detailPane } from './detail/detailPane';
import { rangeIds } from './grid/rangeIds';
import './grid/sampleGrid';
import type { GridListener, SampleGrid } from './grid/sampleGrid';
import { SelectionModel } from './grid/selectionModel';
import './hoverCard';
import type { HoverCard } from './hoverCard';
import { MapHover } from './mapHover';
import { mapPane, type MapPaneActions } from './mapPane';
import { PanelData } from './panelData';
import { panelNotice } from './panelNotices';
import { readPanelState, type PanelState } from './panelState';
import { panelToolbar, type ToolbarActions } from './panelToolbar';
import './splitPane';

/** The editor panel: thumbnails and map of the images that pass the filter, and the details of one. */
@customElement('datavisor-panel')
export class PanelView extends LightElement {
  private connected!: HostConnection;
  private data!: PanelData;
  private mapHover!: MapHover;
  private readonly selection = new SelectionModel();
  @state() private remembered: PanelState = readPanelState(undefined);
  /** Why the last click came to nothing. */
  @state() private actionFailure: string | null = null;

  set connection(connection: HostConnection) {
    this.connected = connection;
    this.remembered = readPanelState(connection.savedState());
    this.data = new PanelData(
      connection,
      () => this.remembered,
      (view, change) => this.followState(view, change),
      () => this.redraw(),
    );
    this.mapHover = new MapHover(
      connection.host,
      this.data.thumbnails,
      () => this.card,
      (error) => this.failed(error),
    );
    this.data.load();
  }

  /** A new state of the host, with the revision of the data behind it. */
  receive(view: ViewState, revision: number): void {
    this.data.receive(view, revision);
  }

  protected override render(): TemplateResult {
    const { data } = this;
    const view = data.state;
    const isRunning = view?.run?.state === 'running';
    return html`<main class="panel" @keydown=${this.onKeyDown}>
      <div class="panel-progress">
        ${isRunning ? html`<vscode-progress-bar aria-label="A run is under way" indeterminate></vscode-progress-bar>` : nothing}
      </div>
      ${failureBar(this.actionFailure ?? data.failures.thumbnails, () => {
        this.actionFailure = null;
        data.failures.thumbnails = null;
        this.requestUpdate();
      })}
      ${
        panelNotice(view, data.isUnindexed, data.failures.state, {
          retry: () => data.load(),
          reopen: (dataset) => this.act((host) => host.setActive({ dataset })),
          command: (name) => this.act((host) => host.command({ name })),
        }) ?? this.renderContent(view!, isRunning)
      }
      <datavisor-hover-card></datavisor-hover-card>
    </main>`;
  }

  private renderContent(view: ViewState, isRunning: boolean): TemplateResult {
    const { data, remembered } = this;
    const { total, matching } = data.pages;
    const counts = total === undefined || matching === undefined ? null : { total, matching };
    return html`
      ${panelToolbar(
        {
          counts,
          isWaiting: data.pages.failure === undefined,
          filter: view.filter,
          selected: this.selection.size,
          remembered,
        },
        this.toolbarActions,
      )}
      <datavisor-split
        class="panel-split"
        .share=${remembered.split}
        .label=${'Resize grid and map'}
        @resized=${(event: CustomEvent<number>) => this.remember({ split: event.detail })}
      >
        <section class="grid-pane" slot="start" aria-label="Thumbnails">${this.renderGrid()}</section>
        <div class="right-pane" slot="end">
          <div class="right-parts">
            ${mapPane(
              {
                points: data.points,
                mask: data.mask,
                failure: data.failures.points,
                colorBy: remembered.colorBy,
                picked: (remembered.colorBy !== null && view.filter.picks[remembered.colorBy]) || [],
                selectedId: remembered.openId,
                isRunning,
              },
              this.mapActions,
            )}
            ${remembered.openId === null ? nothing : this.renderDetail(remembered.openId)}
          </div>
        </div>
      </datavisor-split>
    `;
  }

  private renderGrid(): TemplateResult {
    const { pages } = this.data;
    const isEmpty = pages.matching === 0 && !pages.isOutdated;
    return html`${
        pages.failure === undefined
          ? nothing
          : notice({
              icon: 'error',
              title: 'Images could not be read',
              text: errorText(pages.failure),
              urgent: true,
              actions: [{ label: 'Try Again', icon: 'refresh', run: () => pages.retry() }],
            })
      }
      ${
        isEmpty
          ? html`<div class="centred">
              ${notice({
                icon: 'search-stop',
                title: 'No image passes the filter',
                text: 'Take back a facet, change the text, or clear the whole filter.',
                actions: [{ label: 'Clear Filter', icon: 'clear-all', run: () => this.toolbarActions.clearFilter() }],
              })}
            </div>`
          : nothing
      }
      <datavisor-grid
        ?hidden=${isEmpty}
        .pages=${pages}
        .thumbnails=${this.data.thumbnails}
        .selection=${this.selection}
        .listener=${this.gridListener}
        .cellSize=${this.remembered.cellSize}
        .openId=${this.remembered.openId}
        .initialIndex=${this.remembered.firstIndex}
      ></datavisor-grid>`;
  }

  private renderDetail(openId: number): TemplateResult {
    const { detail, failures, thumbnails } = this.data;
    const thumbnailOf = (id: number) => thumbnails.uriOf({ id, thumbnail: null });
    const isOther = detail?.id !== undefined && detail.id !== openId;
    const shown = isOther ? undefined : detail;
    const thumbnail = shown ? thumbnails.uriOf(shown) : undefined;
    return detailPane(
      { detail: shown, failure: failures.detail, thumbnail, thumbnailOf },
      {
        close: () => this.closeDetail(),
        retry: () => this.data.restartDetail(),
        open: (id) => this.open(id),
        openFile: (id) => this.act((host) => host.openFile({ id })),
        findSimilar: (id) => this.act((host) => host.selectSimilar({ id })),
        showDuplicates: (id) => this.act((host) => host.selectDuplicates({ id })),
      },
    );
  }

  private readonly toolbarActions: ToolbarActions = {
    clearFilter: () => this.act((host) => host.clearFilter(null)),
    dropSelection: () => this.act((host) => host.setSelection({ ids: null, source: 'grid' })),
    filterToSelection: () => {
      this.act((host) => host.setSelection({ ids: this.selection.ids, source: 'grid' }));
      this.selection.clear();
      this.redraw();
    },
    clearSelection: () => {
      this.selection.clear();
      this.redraw();
    },
    sortBy: (sort) => this.reorder({ sort }),
    turnSort: () => this.reorder({ descending: !this.remembered.descending }),
    resizeCells: (cellSize, isFinal) => {
      if (isFinal) this.remember({ cellSize });
      else this.remembered = { ...this.remembered, cellSize };
    },
  };

  private readonly mapActions: MapPaneActions = {
    colorBy: (colorBy) => {
      this.remember({ colorBy });
      this.data.restartPoints();
    },
    showMapOf: (name) => this.act((host) => host.setEmbedder({ name })),
    pick: (value, picked) => {
      const dimension = this.remembered.colorBy;
      if (dimension !== null) this.act((host) => host.setPick({ dimension, value, picked }));
    },
    lasso: (ids) => this.act((host) => host.setSelection({ ids, source: 'map' })),
    hover: (id, x, y) => this.mapHover.point(id, x, y),
    open: (id) => this.open(id),
    embedAndMap: () => this.act((host) => host.command({ name: 'embedAndMap' })),
    retry: () => this.data.restartPoints(),
  };

  private readonly gridListener: GridListener = {
    open: (id, byKeyboard) => {
      this.card?.dismiss();
      this.open(id);
      if (byKeyboard) void this.updateComplete.then(() => this.querySelector<HTMLElement>('.detail')?.focus());
    },
    openFile: (id) => this.act((host) => host.openFile({ id })),
    selectionChanged: () => this.requestUpdate(),
    selectRange: (from, to) => this.selectRange(from, to),
    hover: (row, cell) => {
      if (row && cell) this.card?.show(row, () => this.data.thumbnails.uriOf(row) ?? null, cell);
      else this.card?.hide();
    },
    moved: (id) => {
      if (id !== null && this.remembered.openId !== null) this.open(id);
    },
    scrolled: (firstIndex) => {
      this.card?.hide();
      this.remember({ firstIndex });
    },
  };

  /** Keeps what is remembered true to the dataset and the list that are shown. */
  private followState(view: ViewState, change: StateChange): void {
    if (change.activeChanged && this.remembered.dataset !== view.active) {
      this.selection.clear();
      this.remember({ dataset: view.active, openId: null, firstIndex: 0 });
    }
    if (change.activeChanged) this.grid?.showIndex(this.remembered.firstIndex);
    else if (change.filterChanged) this.grid?.showIndex(0);
    if (change.filterChanged) this.selection.forgetPlaces();
  }

  private selectRange(from: number, to: number): void {
    this.act(async (host) => {
      const { sort, descending } = this.remembered;
      const fetchRows = (offset: number, limit: number) => host.samples({ offset, limit, sort, descending });
      this.selection.selectOnly(await rangeIds(this.data.pages, from, to, fetchRows));
      this.redraw();
    });
  }

  private reorder(change: Pick<Partial<PanelState>, 'sort' | 'descending'>): void {
    this.remember(change);
    this.selection.forgetPlaces();
    this.grid?.showIndex(0);
    this.data.restartPages();
  }

  private open(id: number): void {
    if (this.remembered.openId === id && this.data.detail) return;
    this.remember({ openId: id });
    this.data.restartDetail();
  }

  private closeDetail(): void {
    this.remember({ openId: null });
    this.data.restartDetail();
    this.grid?.focusCurrent();
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    this.card?.dismiss();
    if (this.remembered.openId === null) return;
    event.preventDefault();
    this.closeDetail();
  };

  private act(action: (host: Client<HostApi>) => Promise<unknown>): void {
    this.actionFailure = null;
    action(this.connected.host).catch((error: unknown) => this.failed(error));
  }

  private failed(error: unknown): void {
    this.actionFailure = errorText(error);
    this.connected.reportError(error);
  }

  private remember(change: Partial<PanelState>): void {
    this.remembered = { ...this.remembered, ...change };
    this.connected.saveState(this.remembered);
  }

  private redraw(): void {
    this.requestUpdate();
    this.grid?.requestUpdate();
    this.card?.requestUpdate();
  }

  private get grid(): SampleGrid | null {
    return this.querySelector<SampleGrid>('datavisor-grid');
  }

  private get card(): HoverCard | null {
    return this.querySelector<HoverCard>('datavisor-hover-card');
  }
}
