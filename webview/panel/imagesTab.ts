import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Client } from '../../src/protocol/rpc';
import type { HostApi } from '../../src/protocol/viewApi';
import { errorText } from '../shared/errorText';
import { plural } from '../shared/formats';
import type { HostConnection } from '../shared/hostConnection';
import { LightElement } from '../shared/lightElement';
import { failureBar, failureNotice } from '../shared/notice';
import type { StateChange } from '../shared/stateWatch';
import { centredNotice } from './centred';
import { detailPane } from './detail/detailPane';
import { groupName } from './grid/gridHeading';
import './grid/sampleGrid';
import type { GridListener, SampleGrid } from './grid/sampleGrid';
import { SelectionModel } from './grid/selectionModel';
import { LONGEST_RANGE, selectRange } from './grid/selectRange';
import type { HoverCard } from './hoverCard';
import type { MapView } from './map/mapView';
import { MapHover } from './mapHover';
import { mapPane, type MapPaneActions } from './mapPane';
import { mapSettingsMenu } from './mapSettingsMenu';
import type { PanelData } from './panelData';
import type { PanelMemory } from './panelMemory';
import { withOrder, type GridOrder } from './gridOrder';
import type { ShownSettings } from './panelState';
import { panelToolbar, type ToolbarActions } from './panelToolbar';
import { SimilarImages } from './similarImages';
import './splitPane';
import { FocusPlace } from './detail/focusPlace';
import { announce } from '../shared/announcer';
import { GridTagging } from './tagging/gridTagging';
import './tagging/tagBar';
import { keyLegend } from './tagging/tagKeysMenu';

/** Thumbnails and map of the images that pass the filter, and the details of one. */
@customElement('datavisor-images')
export class ImagesTab extends LightElement {
  @property({ attribute: false }) connection!: HostConnection;
  @property({ attribute: false }) data!: PanelData;
  @property({ attribute: false }) memory!: PanelMemory;
  readonly selection = new SelectionModel();
  private readonly similar = new SimilarImages(this.selection, (action) => this.act(action));
  private readonly focusPlace = new FocusPlace();
  private hovered: MapHover | undefined;
  private gridTagging: GridTagging | undefined;
  /** Why the last click came to nothing. */
  @state() private actionFailure: string | null = null;

  /** Order, columns and colours as they are now, for a saved view. */
  currentSettings(): ShownSettings {
    const { sort, descending, groupBy, columns, colorBy } = this.memory.value;
    return { sort, descending, groupBy, columns, colorBy, mapModel: this.data.map.points?.embedder ?? null };
  }

  /** Takes order, columns and colours of a saved view; its filter and its map are the host's. */
  applySettings({ sort, descending, groupBy, columns, colorBy }: ShownSettings): void {
    this.memory.change({ colorBy, columns, sort, descending, groupBy });
    this.reorder({});
    this.data.map.recolor();
  }

  /** Shows the details of an image. */
  open(id: number): void {
    if (this.memory.value.openId === id && this.data.detail) return;
    this.memory.change({ openId: id });
    this.data.restartDetail();
  }

  /** Keeps place and selection true to the list that is shown. */
  followState(change: StateChange): void {
    if (change.activeChanged) this.grid?.showIndex(this.memory.value.firstIndex);
    else if (change.filterChanged) this.grid?.showIndex(0);
    if (change.activeChanged) this.clearSelection();
    if (change.filterChanged) {
      this.selection.forgetPlaces();
      this.tagging.filterChanged();
    }
    if (change.revisionRose && this.data.state?.active) this.tagging.refreshKeys();
  }

  /** Another tab comes to the front. */
  leave(): void {
    this.card?.hide();
  }

  /** Data or memory are others now. */
  redraw(): void {
    this.requestUpdate();
    this.grid?.requestUpdate();
    this.map?.requestUpdate();
    this.card?.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('keydown', this.onKeyDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('keydown', this.onKeyDown);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { data } = this;
    const view = data.state;
    if (!view) return nothing;
    const remembered = this.memory.value;
    const isRunning = view.run?.state === 'running';
    const { total, matching } = data.pages;
    const counts = total === undefined || matching === undefined ? null : { total, matching };
    return html`
      ${failureBar(this.actionFailure ?? data.failures.thumbnails, () => {
        this.actionFailure = null;
        data.failures.thumbnails = null;
        this.requestUpdate();
      })}
      ${panelToolbar(
        {
          counts,
          isWaiting: data.pages.failure === undefined,
          filter: view.filter,
          selected: this.selection.size,
          remembered,
          order: data.order,
          groupings: data.grouping.choices,
          connection: this.connection,
          dataset: view.active,
          settings: this.currentSettings(),
          keys: this.tagging.keys,
          tagsAll: this.tagging.isAll,
        },
        this.toolbarActions,
      )}
      ${this.renderTagBar()}
      <datavisor-split
        class="panel-split"
        .share=${remembered.split}
        .label=${'Resize grid and map'}
        @resized=${(event: CustomEvent<number>) => this.memory.change({ split: event.detail })}
      >
        <section class="grid-pane" slot="start" aria-label="Thumbnails">${this.renderGrid()}</section>
        <div class="right-pane" slot="end">
          <div class="right-parts">
            ${mapPane(
              {
                map: data.map,
                failure: data.failures.points,
                colorBy: remembered.colorBy,
                filter: view.filter,
                images: data.thumbnails,
                selectedId: remembered.openId,
                isRunning,
                settings: mapSettingsMenu(this.connection, data, isRunning),
              },
              this.mapActions,
            )}
            ${remembered.openId === null ? nothing : this.renderDetail(remembered.openId)}
          </div>
        </div>
      </datavisor-split>
    `;
  }

  protected override firstUpdated(): void {
    this.tagging.refreshKeys();
  }

  protected override updated(): void {
    this.focusPlace.restore(this);
  }

  private renderTagBar(): TemplateResult | typeof nothing {
    const { tagging, data } = this;
    if (!tagging.target) return nothing;
    return html`<datavisor-tag-bar
      .connection=${this.connection}
      .tagger=${tagging.tagger}
      .samples=${tagging.target}
      .words=${tagging.words(data.pages.matching)}
      .revision=${data.revision}
      @closed=${() => {
        tagging.close();
        this.grid?.focusCurrent();
      }}
    ></datavisor-tag-bar>`;
  }

  private renderGrid(): TemplateResult {
    const { pages } = this.data;
    const isEmpty = pages.matching === 0 && !pages.isOutdated;
    return html`${
        pages.failure === undefined
          ? nothing
          : failureNotice('Images could not be read', errorText(pages.failure), () => pages.retry())
      }
      ${
        isEmpty
          ? centredNotice({
              icon: 'search-stop',
              title: 'No image passes the filter',
              text: 'Take back a facet, change the text, or clear the whole filter.',
              actions: [{ label: 'Clear Filter', icon: 'clear-all', run: () => this.toolbarActions.clearFilter() }],
            })
          : nothing
      }
      <datavisor-grid
        ?hidden=${isEmpty}
        .pages=${pages}
        .thumbnails=${this.data.thumbnails}
        .selection=${this.selection}
        .listener=${this.gridListener}
        .groups=${this.data.order.groupBy === null ? [] : this.data.grouping.groups}
        .cellSize=${this.memory.value.cellSize}
        .openId=${this.memory.value.openId}
        .columns=${this.memory.value.columns}
        .looksAhead=${this.data.state?.run?.state !== 'running'}
        .initialIndex=${this.memory.value.firstIndex}
      ></datavisor-grid>
      ${keyLegend(this.tagging.keys)}`;
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
        decide: (tag, action, dimension) => {
          this.focusPlace.remember();
          const samples = { kind: 'ids' as const, ids: Int32Array.of(openId) };
          this.act(() => this.tagging.tagger.decide(samples, tag, action, dimension));
        },
        suggest: (text) => this.tagging.tagger.suggest(text),
        close: () => this.closeDetail(),
        retry: () => this.data.restartDetail(),
        open: (id) => this.open(id),
        openFile: (id) => this.act((host) => host.openFile({ id })),
        findSimilar: (id) => this.similar.find(Int32Array.of(id)),
        showDuplicates: (id) => this.act((host) => host.selectDuplicates({ id })),
      },
    );
  }

  private readonly toolbarActions: ToolbarActions = {
    clearFilter: () => this.act((host) => host.clearFilter(null)),
    dropSelection: () => this.act((host) => host.setSelection({ ids: null, source: 'grid' })),
    filterToSelection: () => {
      this.act((host) => host.setSelection({ ids: this.selection.ids, source: 'grid' }));
      this.clearSelection();
    },
    clearSelection: () => this.clearSelection(),
    findSimilar: () => this.similar.findLikeSelected(),
    reorder: (change) => this.reorder(change),
    resizeCells: (cellSize, isFinal) => {
      if (isFinal) this.memory.change({ cellSize });
      else this.memory.show({ cellSize });
    },
    showColumns: (columns) => this.memory.change({ columns }),
    applyView: (settings) => this.applySettings(settings),
    tagAll: (on) => {
      this.tagging.tagAll(on);
      if (on) void this.updateComplete.then(() => this.querySelector<HTMLElement>('datavisor-tag-bar')?.focus());
    },
    setKey: (change) => this.tagging.setKey(change),
    suggest: (text) => this.tagging.tagger.suggest(text),
  };

  private readonly mapActions: MapPaneActions = {
    colorBy: (colorBy) => {
      this.memory.change({ colorBy });
      this.data.map.recolor();
    },
    suggest: (text) => this.tagging.tagger.suggest(text),
    showMapOf: (name) => this.act((host) => host.setEmbedder({ name })),
    pick: (dimension, value, picked) => this.act((host) => host.setPick({ dimension, value, picked })),
    select: (points, mode) => this.map?.select(points, mode),
    lasso: (ids) => this.act((host) => host.setSelection({ ids, source: 'map' })),
    hover: (id, x, y) => this.mapHover.point(id, x, y),
    open: (id) => this.open(id),
    findSimilar: (id) => this.similar.find(Int32Array.of(id)),
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
    selectionChanged: () => this.tagging.selectionChanged(),
    selectRange: (from, to) => this.selectRange(from, to),
    selectGroup: (first, last) => this.selectRange(first, last),
    enteredGroup: ({ label, count }) => announce(`${groupName(label)}, ${plural(count, 'image')}`),
    selectAll: () => {
      const { matching = 0 } = this.data.pages;
      if (matching <= LONGEST_RANGE) this.selectRange(0, matching - 1);
      else this.toolbarActions.tagAll(true);
    },
    pressed: (event, id) => this.tagging.press(event, id) || this.similar.pressed(event, id),
    hover: (row, cell) => {
      if (row && cell) this.card?.show(row, () => this.data.thumbnails.uriOf(row) ?? null, cell);
      else this.card?.hide();
    },
    moved: (id) => {
      if (id !== null && this.memory.value.openId !== null) this.open(id);
    },
    scrolled: (firstIndex) => {
      this.card?.hide();
      this.memory.change({ firstIndex });
    },
  };

  private clearSelection(): void {
    this.selection.clear();
    this.tagging.selectionChanged();
    this.grid?.requestUpdate();
  }

  private selectRange(from: number, to: number): void {
    this.act(async (host) => {
      await selectRange(host, this.selection, from, to, this.data.order);
      this.tagging.selectionChanged();
      this.grid?.requestUpdate();
    });
  }

  private reorder(change: Partial<GridOrder>): void {
    this.memory.change(withOrder(this.data.state?.filter, this.memory.value, change));
    this.selection.forgetPlaces();
    this.grid?.showIndex(0);
    this.data.restartPages();
  }

  private closeDetail(): void {
    this.memory.change({ openId: null });
    this.data.restartDetail();
    this.grid?.focusCurrent();
  }

  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    this.card?.dismiss();
    if (this.memory.value.openId === null) return;
    event.preventDefault();
    this.closeDetail();
  };

  private act(action: (host: Client<HostApi>) => Promise<unknown>): void {
    this.actionFailure = null;
    action(this.connection.host).catch((error: unknown) => this.failed(error));
  }

  private failed(error: unknown): void {
    this.actionFailure = errorText(error);
    this.connection.reportError(error);
  }

  private get tagging(): GridTagging {
    return (this.gridTagging ??= new GridTagging(
      this.connection.host,
      this.selection,
      () => this.requestUpdate(),
      (outcome) => {
        this.data.refreshNow();
        announce(outcome);
      },
      (error) => this.failed(error),
    ));
  }

  private get mapHover(): MapHover {
    return (this.hovered ??= new MapHover(
      this.connection.host,
      this.data.thumbnails,
      () => this.card,
      (error) => this.failed(error),
    ));
  }

  private get map(): MapView | null {
    return this.querySelector<MapView>('datavisor-map');
  }

  private get grid(): SampleGrid | null {
    return this.querySelector<SampleGrid>('datavisor-grid');
  }

  /** Beside the tabs: it lies over all of the panel, wherever those put what is in them. */
  private get card(): HoverCard | null {
    return document.querySelector<HoverCard>('datavisor-hover-card');
  }
}
