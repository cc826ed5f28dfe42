import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Client } from '../../src/protocol/rpc';
import type { Correction, DatasetSummary, FacetDimension, HostApi, ViewState } from '../../src/protocol/viewApi';
import { errorText, isNotIndexed } from '../shared/errorText';
import { FreshQuery } from '../shared/freshQuery';
import type { HostConnection } from '../shared/hostConnection';
import { LightElement } from '../shared/lightElement';
import { failureBar, failureNotice } from '../shared/notice';
import { StateWatch } from '../shared/stateWatch';
import { datasetList } from './datasetList';
import { facetList } from './facetList';
import { facetSkeleton } from './facetSkeleton';
import './filterField';
import { matchLine } from './matchLine';
import { OptimisticPicks } from './optimisticPicks';
import { providerLine } from './providerLine';
import { noFolder, noImages, notIndexed } from './sidebarNotices';
import { runStatus } from './runStatus';
import { readSidebarState, toggled, type SidebarState } from './sidebarState';

interface Facets {
  readonly total: number;
  readonly matching: number;
  readonly dimensions: readonly FacetDimension[];
  readonly corrections: readonly Correction[];
}

type Command = Parameters<Client<HostApi>['command']>[0]['name'];

/** The view in the activity bar: datasets, the run under way, the text filter and the facets. */
@customElement('datavisor-sidebar')
export class SidebarView extends LightElement {
  private connected!: HostConnection;
  private readonly watch = new StateWatch();
  private readonly picks = new OptimisticPicks();
  @state() private view: ViewState | undefined;
  @state() private facets: Facets | undefined;
  /** It is known that the active dataset has no database yet. */
  @state() private isUnindexed = false;
  /** Why there is nothing to show. */
  @state() private loadFailure: string | null = null;
  /** Why the last click came to nothing. */
  @state() private actionFailure: string | null = null;
  @state() private remembered: SidebarState = readSidebarState(undefined);

  private readonly facetQuery = new FreshQuery(
    () => this.connected.host.facets(null),
    (facets) => {
      this.facets = facets;
      this.isUnindexed = false;
      this.loadFailure = null;
    },
    (error) => {
      this.isUnindexed = isNotIndexed(error);
      if (!this.isUnindexed) this.failToLoad(error);
    },
  );

  set connection(connection: HostConnection) {
    this.connected = connection;
    this.remembered = readSidebarState(connection.savedState());
    this.load();
  }

  /** A new state of the host, with the revision of the data behind it. */
  receive(view: ViewState, revision: number | null): void {
    const change = this.watch.receive(view, revision);
    this.view = view;
    if (revision !== null) this.picks.stateCame();
    if (change.activeChanged) {
      this.picks.forget();
      this.facets = undefined;
      this.isUnindexed = false;
      this.loadFailure = null;
    }
    if (view.active === null) this.facetQuery.stop();
    else if (change.filterChanged) this.facetQuery.restart();
    else if (change.revisionRose) this.facetQuery.refresh();
  }

  protected override render(): TemplateResult {
    return html`<main class="sidebar">
      ${failureBar(this.actionFailure, () => (this.actionFailure = null))} ${this.renderContent()}
    </main>`;
  }

  private renderContent(): TemplateResult | readonly unknown[] {
    const { view } = this;
    if (!view) return this.loadFailure === null ? facetSkeleton() : this.renderLoadFailure(this.loadFailure);
    if (view.datasets.length === 0) return noFolder(() => this.command('openFolder'));
    const active = activeDataset(view);
    const running = view.run?.state === 'running';
    return [
      datasetList(view.datasets, view.active, this.isUnindexed, {
        choose: (dataset) => this.act((host) => host.setActive({ dataset })),
        openPanel: () => this.command('openPanel'),
        showFailed: () => this.showFailed(),
      }),
      providerLine(view.provider, {
        choose: () => this.command('chooseProvider'),
        manage: () => this.command('manageModels'),
      }),
      view.run ? runStatus(view.run, { cancel: () => this.command('cancel') }) : nothing,
      view.error !== null ? this.renderError(view.error) : this.renderDataset(view, active, running),
    ];
  }

  private renderDataset(view: ViewState, active: DatasetSummary | undefined, running: boolean): unknown {
    if (!active) return html`<p class="hint">Choose a dataset above to see its facets.</p>`;
    const actions = { autoTag: () => this.command('autoTag'), index: () => this.command('index') };
    const isEmpty = active.counts !== null && active.counts.total + active.counts.missing === 0;
    if (running && (isEmpty || this.isUnindexed)) {
      return html`<p class="hint">The first images appear here in a moment.</p>`;
    }
    if (this.isUnindexed) return notIndexed(active, actions);
    if (isEmpty) return noImages(active, actions);
    const untagged = active.counts?.pending ?? 0;
    return [
      untagged > 0 && !running && active.readOnly === null
        ? html`<vscode-button class="auto-tag" block icon="tag" @click=${() => this.command('autoTag')}
            >Auto-Tag ${untagged === active.counts?.total ? 'Images' : 'New Images'}</vscode-button
          >`
        : nothing,
      html`<datavisor-filter-field
        .text=${view.filter.text}
        .error=${view.filterError}
        .corrections=${this.facets?.corrections ?? []}
        .send=${(text: string) => this.act((host) => host.setText({ text }))}
        .complete=${(text: string, cursor: number) => this.connected.host.complete({ text, cursor })}
        .reportError=${(error: unknown) => this.connected.reportError(error)}
      ></datavisor-filter-field>`,
      this.renderFacets(view),
    ];
  }

  private renderFacets(view: ViewState): unknown {
    if (this.loadFailure !== null) return this.renderLoadFailure(this.loadFailure);
    const { facets, remembered } = this;
    if (!facets) return facetSkeleton();
    return [
      matchLine(facets, view.filter, {
        clear: () => {
          this.picks.forget();
          this.act((host) => host.clearFilter(null));
        },
        dropSelection: () => this.act((host) => host.setSelection({ ids: null, source: 'grid' })),
      }),
      facetList(this.picks.shownIn(facets.dimensions, view.filter), remembered, {
        pick: (dimension, value, picked) => this.pick(dimension, value, picked),
        fold: (name) => this.remember({ folded: toggled(remembered.folded, name) }),
        showAll: (name) => this.remember({ unabridged: toggled(remembered.unabridged, name) }),
        fill: (name) => this.command(name),
      }),
    ];
  }

  private renderError(text: string): TemplateResult {
    return failureNotice('This dataset cannot be shown', text, () => this.reopen());
  }

  private renderLoadFailure(text: string): TemplateResult {
    return failureNotice('The facets could not be read', text, () => this.load());
  }

  private load(): void {
    this.loadFailure = null;
    this.connected.host.state(null).then(
      (view) => {
        this.receive(view, null);
        if (view.active !== null) this.facetQuery.restart();
      },
      (error: unknown) => this.failToLoad(error),
    );
  }

  /** Has the host try once more to open the dataset's database. */
  private reopen(): void {
    const dataset = this.view?.active ?? null;
    if (dataset === null) return;
    this.act((host) => host.setActive({ dataset }));
    this.facetQuery.restart();
  }

  private showFailed(): void {
    this.act(async (host) => {
      await host.setPick({ dimension: 'status', value: 'failed', picked: true });
      await host.command({ name: 'openPanel' });
    });
  }

  private pick(dimension: string, value: string, picked: boolean): void {
    this.act((host) => this.picks.pick(dimension, value, picked, () => host.setPick({ dimension, value, picked })));
    this.requestUpdate();
  }

  private command(name: Command): void {
    this.act((host) => host.command({ name }));
  }

  private act(action: (host: Client<HostApi>) => Promise<unknown>): void {
    this.actionFailure = null;
    action(this.connected.host).catch((error: unknown) => {
      this.requestUpdate();
      this.actionFailure = errorText(error);
      this.connected.reportError(error);
    });
  }

  private failToLoad(error: unknown): void {
    this.loadFailure = errorText(error);
    this.connected.reportError(error);
  }

  private remember(change: Partial<SidebarState>): void {
    this.remembered = { ...this.remembered, ...change };
    this.connected.saveState(this.remembered);
  }
}

function activeDataset(view: ViewState): DatasetSummary | undefined {
  return view.datasets.find((dataset) => dataset.id === view.active);
}
