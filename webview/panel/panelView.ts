import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { PanelTabName, ViewState } from '../../src/protocol/viewApi';
import '../shared/announcer';
import { announce } from '../shared/announcer';
import { errorText } from '../shared/errorText';
import type { HostConnection } from '../shared/hostConnection';
import { LightElement } from '../shared/lightElement';
import { failureBar } from '../shared/notice';
import type { StateChange } from '../shared/stateWatch';
import { takesText } from '../shared/textTarget';
import './hoverCard';
import './imagesTab';
import type { ImagesTab } from './imagesTab';
import { PanelData } from './panelData';
import { PanelMemory } from './panelMemory';
import { panelNotice } from './panelNotices';
import type { ShownSettings } from './panelState';
import type { PanelTab } from './panelTab';
import { panelTabs, tabId, tabPanelId } from './panelTabs';
import './duplicates/duplicatesTab';
import './policy/policyTab';
import './quality/qualityTab';
import './review/reviewTab';
import './runs/runsTab';
import { undoButtons } from './tagging/undoButtons';
import { undoKey, UndoHistory } from './tagging/undoHistory';
import './tags/tagsTab';

/** The editor panel: its tabs, and what holds in all of them: undo, outcomes, failures of the dataset. */
@customElement('datavisor-panel')
export class PanelView extends LightElement {
  private connected!: HostConnection;
  private memory!: PanelMemory;
  private data!: PanelData;
  private undoHistory!: UndoHistory;
  /** The element that shows the tab; it has been told the state. */
  private told: PanelTab | null = null;
  @state() private failure: string | null = null;

  set connection(connection: HostConnection) {
    this.connected = connection;
    this.memory = new PanelMemory(connection, () => {
      this.requestUpdate();
      this.images?.requestUpdate();
    });
    this.data = new PanelData(
      connection,
      () => this.memory.value,
      (view, change) => this.followState(view, change),
      () => this.redraw(),
    );
    this.undoHistory = new UndoHistory(
      connection.host,
      () => this.requestUpdate(),
      (outcome) => {
        this.data.refreshNow();
        announce(outcome);
      },
      (error) => this.failed(error),
    );
    this.data.load();
  }

  /** A new state of the host, with the revision of the data behind it. */
  receive(view: ViewState, revision: number): void {
    this.data.receive(view, revision);
    this.told?.receive(view, revision);
  }

  /** Ids of the images selected in the grid, in ascending order. */
  get selectedImages(): Int32Array {
    return this.images?.selection.ids ?? new Int32Array();
  }

  /** Order, columns and colours as they are now, for a saved view; null while there are no images. */
  currentSettings(): ShownSettings | null {
    return this.images?.currentSettings() ?? null;
  }

  applySettings(settings: ShownSettings): void {
    this.images?.applySettings(settings);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.onKeyDown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.onKeyDown);
  }

  protected override render(): TemplateResult {
    const { data } = this;
    const view = data.state;
    const isRunning = view?.run?.state === 'running';
    return html`<main
      class="panel"
      @show-images=${() => this.showTab('images')}
      @open-image=${(event: CustomEvent<number>) => this.openImage(event.detail)}
    >
      <div class="panel-progress">
        ${isRunning ? html`<vscode-progress-bar aria-label="A run is under way" indeterminate></vscode-progress-bar>` : nothing}
      </div>
      ${failureBar(this.failure, () => (this.failure = null))}
      ${
        panelNotice(view, data.isUnindexed, data.failures.state, {
          retry: () => data.load(),
          reopen: (dataset) => this.call(this.connected.host.setActive({ dataset })),
          command: (name) => this.call(this.connected.host.command({ name })),
        }) ?? this.renderTabs()
      }
      <datavisor-hover-card></datavisor-hover-card>
      <datavisor-announcer></datavisor-announcer>
    </main>`;
  }

  private renderTabs(): TemplateResult {
    const { tab } = this.memory.value;
    const isAway = tab !== 'images';
    return html`
      <header class="panel-head">
        ${panelTabs(tab, (name) => this.showTab(name))}
        <span class="toolbar-space"></span>
        ${undoButtons(this.undoHistory)}
      </header>
      <div class="panel-tabs">
        <div
          class="tab-panel ${isAway ? 'away' : ''}"
          role="tabpanel"
          id=${tabPanelId('images')}
          aria-labelledby=${tabId('images')}
          ?inert=${isAway}
        >
          <datavisor-images .connection=${this.connected} .data=${this.data} .memory=${this.memory}></datavisor-images>
        </div>
        ${
          isAway
            ? html`<div class="tab-panel" role="tabpanel" id=${tabPanelId(tab)} aria-labelledby=${tabId(tab)}>
                ${this.renderTab(tab)}
              </div>`
            : nothing
        }
      </div>
    `;
  }

  private renderTab(tab: Exclude<PanelTabName, 'images'>): TemplateResult {
    // An object is set anew with every update unless it is guarded.
    const connected = guard([this.connected], () => this.connected);
    switch (tab) {
      case 'duplicates':
        return html`<datavisor-duplicates data-tab .connection=${connected}></datavisor-duplicates>`;
      case 'quality':
        return html`<datavisor-quality data-tab .connection=${connected}></datavisor-quality>`;
      case 'review':
        return html`<datavisor-review data-tab .connection=${connected}></datavisor-review>`;
      case 'tags':
        return html`<datavisor-tags data-tab .connection=${connected}></datavisor-tags>`;
      case 'policy':
        return html`<datavisor-policy data-tab .connection=${connected}></datavisor-policy>`;
      case 'runs':
        return html`<datavisor-runs data-tab .connection=${connected}></datavisor-runs>`;
    }
  }

  /** A tab that has just come up hears what there is. */
  protected override updated(_changed: PropertyValues<this>): void {
    const tab = this.querySelector<HTMLElement & PanelTab>('[data-tab]');
    if (tab === this.told) return;
    this.told = tab;
    const { state: view, revision } = this.data;
    if (tab && view) tab.receive(view, revision);
  }

  private showTab(tab: PanelTabName): void {
    this.images?.leave();
    if (tab !== this.memory.value.tab) this.memory.change({ tab });
  }

  private openImage(id: number): void {
    this.showTab('images');
    this.images?.open(id);
  }

  private followState(view: ViewState, change: StateChange): void {
    const { dataset, tabRequest } = this.memory.value;
    if (change.activeChanged && dataset !== view.active) {
      this.memory.change({ dataset: view.active, openId: null, firstIndex: 0 });
    }
    if (view.shown && view.shown.request > tabRequest) {
      this.memory.change({ tab: view.shown.tab, tabRequest: view.shown.request });
    }
    this.images?.followState(change);
    if (view.active !== null && view.error === null && (change.activeChanged || change.dataChanged)) {
      this.undoHistory.refresh();
    }
  }

  /** Heard on the document, as nothing may have the focus; kept from VS Code, which has an undo of its own. */
  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || !this.data.state?.active) return;
    const step = undoKey(event, takesText(event.composedPath()[0] ?? null));
    if (step === null) return;
    event.preventDefault();
    event.stopPropagation();
    void this.undoHistory[step]();
  };

  private call(outcome: Promise<unknown>): void {
    this.failure = null;
    outcome.catch((error: unknown) => this.failed(error));
  }

  private failed(error: unknown): void {
    this.failure = errorText(error);
    this.connected.reportError(error);
  }

  private redraw(): void {
    this.requestUpdate();
    this.images?.redraw();
  }

  private get images(): ImagesTab | null {
    return this.querySelector<ImagesTab>('datavisor-images');
  }
}
