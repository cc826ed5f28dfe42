import './runs.css';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Client } from '../../../src/protocol/rpc';
import type { RunSummary } from '../../../src/protocol/runsApi';
import type { HostApi, ViewState } from '../../../src/protocol/viewApi';
import { announce } from '../../shared/announcer';
import { formatCount, plural } from '../../shared/formats';
import type { HostConnection } from '../../shared/hostConnection';
import { icon } from '../../shared/icon';
import { LightElement } from '../../shared/lightElement';
import { failureBar, failureNotice } from '../../shared/notice';
import { pager } from '../../shared/pager';
import { askHost } from '../../shared/askHost';
import { OPEN_IMAGE, SHOW_IMAGES, type PanelTab } from '../panelTab';
import { textButton } from '../textButton';
import { failureChoice, failureTable } from './failureTable';
import { providerList, retryButton } from './providerList';
import { runList } from './runList';
import { FAILURES_SHOWN, RUNS_SHOWN, RunsData } from './runsData';
import { runTitle } from './runWords';
import type { PendingUndo } from './undoPanel';

/** What each provider has answered, what failed and why, and all runs, which can be undone. */
@customElement('datavisor-runs')
export class RunsTab extends LightElement implements PanelTab {
  private connected: HostConnection | undefined;
  private data!: RunsData;
  @state() private view: ViewState | undefined;
  @state() private unfolded: ReadonlySet<number> = new Set();
  @state() private undoing: PendingUndo | null = null;
  /** Why the last click came to nothing. */
  @state() private actionFailure: string | null = null;

  set connection(connection: HostConnection) {
    if (connection === this.connected) return; // what it knows is kept
    this.connected = connection;
    this.data = new RunsData(connection, () => this.requestUpdate());
  }

  receive(view: ViewState, revision: number): void {
    if (this.data.receive(view, revision)) {
      this.undoing = null;
      this.unfolded = new Set();
    }
    this.view = view;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.data.stop();
  }

  protected override render(): TemplateResult {
    return html`<div class="runs-tab">
      ${failureBar(this.actionFailure, () => (this.actionFailure = null))} ${this.renderRunning()}
      ${this.renderContent()}
    </div>`;
  }

  private renderRunning(): TemplateResult | typeof nothing {
    const run = this.view?.run;
    if (run?.state !== 'running') return nothing;
    return html`<p class="runs-note" role="status">
      ${icon('sync', true)} <span>${run.title} is under way; what it does shows here as it comes.</span>
      <button type="button" class="link-button" @click=${() => this.act((host) => host.command({ name: 'cancel' }))}>
        Cancel ${run.title}
      </button>
    </p>`;
  }

  private renderContent(): TemplateResult {
    const { failure } = this.data;
    if (failure !== null) {
      return failureNotice('The runs could not be read', failure, () => this.data.restart());
    }
    return html`${this.renderProviders()} ${this.renderFailures()} ${this.renderHistory()}`;
  }

  private renderProviders(): TemplateResult {
    const { statuses } = this.data;
    const failed = statuses ? statuses.unreadable + statuses.providers.reduce((sum, each) => sum + each.failed, 0) : 0;
    return html`<section class="runs-section" aria-labelledby="runs-providers">
      <div class="runs-head">
        <h2 id="runs-providers">Providers</h2>
        <span class="toolbar-space"></span>
        ${
          failed > 0
            ? retryButton('Retry all failed', 'Retry all failed images', this.blocked, () => this.retry(null))
            : nothing
        }
        ${textButton(
          {
            label: 'Export Decisions…',
            icon: 'export',
            title: 'Write all that you decided into a file, for training or for the record',
          },
          () => this.exportDecisions(),
        )}
      </div>
      ${
        statuses
          ? providerList(statuses, this.blocked, { retry: (provider) => this.retry(provider) })
          : loading('Loading providers')
      }
    </section>`;
  }

  private renderFailures(): TemplateResult {
    const { failures, statuses, failuresOf, failuresFrom } = this.data;
    const actions = {
      open: (id: number) => this.dispatchEvent(new CustomEvent(OPEN_IMAGE, { bubbles: true, detail: id })),
      choose: (provider: string | null) => this.data.showFailuresOf(provider),
    };
    return html`<section class="runs-section" aria-labelledby="runs-failures">
      <div class="runs-head">
        <h2 id="runs-failures">
          Failed images${failures ? html` <span class="muted numbers">${formatCount(failures.total)}</span>` : nothing}
        </h2>
        ${failureChoice(statuses?.providers ?? [], failuresOf, actions)}
        <span class="toolbar-space"></span>
        ${
          failures && failures.total > 0
            ? textButton({ label: 'Show These Images', icon: 'filter' }, () => this.showFailed())
            : nothing
        }
      </div>
      ${failures ? failureTable(failures, Date.now(), actions) : loading('Loading failed images')}
      ${
        failures
          ? pager(
              { offset: failuresFrom, limit: FAILURES_SHOWN, total: failures.total, noun: 'failed images' },
              (offset) => this.data.showFailuresFrom(offset),
            )
          : nothing
      }
    </section>`;
  }

  private renderHistory(): TemplateResult {
    const { history, historyFrom } = this.data;
    return html`<section class="runs-section" aria-labelledby="runs-history">
      <div class="runs-head"><h2 id="runs-history">History</h2></div>
      ${
        history
          ? runList(
              history.runs,
              { unfolded: this.unfolded, undo: this.undoing, blocked: this.blocked },
              {
                fold: (id) => this.fold(id),
                askUndo: (run) => this.askUndo(run),
                undo: (run) => this.undo(run),
                keep: () => this.keep(),
                restore: (run) => this.restore(run),
              },
            )
          : loading('Loading runs')
      }
      ${
        history
          ? pager({ offset: historyFrom, limit: RUNS_SHOWN, total: history.total, noun: 'runs' }, (offset) =>
              this.data.showHistoryFrom(offset),
            )
          : nothing
      }
    </section>`;
  }

  /** Why nothing can be changed now, in words. */
  private get blocked(): string | null {
    const { view } = this;
    const readOnly = view?.datasets.find(({ id }) => id === view.active)?.readOnly ?? null;
    if (readOnly !== null) return `Read-only: ${readOnly}`;
    return view?.run?.state === 'running' ? 'A run is under way. Wait for it, or cancel it first.' : null;
  }

  private fold(id: number): void {
    const unfolded = new Set(this.unfolded);
    if (!unfolded.delete(id)) unfolded.add(id);
    this.unfolded = unfolded;
  }

  private askUndo({ id }: RunSummary): void {
    this.undoing = { id, preview: undefined };
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-undo="${id}"]`)?.focus());
    this.act(async (host) => {
      try {
        const preview = await host.previewUndoRun({ id });
        if (this.undoing?.id === id) this.undoing = { id, preview };
      } catch (error) {
        if (this.undoing?.id === id) this.undoing = null;
        throw error;
      }
    });
  }

  private keep(): void {
    const id = this.undoing?.id;
    this.undoing = null;
    if (id !== undefined) this.focusRun(id);
  }

  private undo(run: RunSummary): void {
    this.undoing = null;
    this.changeRun(run, (host) => host.undoRun({ id: run.id }), `Undone: ${runTitle(run)}`);
  }

  private restore(run: RunSummary): void {
    this.changeRun(run, (host) => host.restoreRun({ id: run.id }), `Restored: ${runTitle(run)}`);
  }

  private changeRun({ id }: RunSummary, change: (host: Client<HostApi>) => Promise<unknown>, outcome: string): void {
    this.act(async (host) => {
      await change(host);
      announce(outcome);
      this.data.restart();
      this.focusRun(id);
    });
  }

  private focusRun(id: number): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(`[data-run="${id}"]`)?.focus());
  }

  private retry(provider: string | null): void {
    this.act((host) => host.retryFailed({ provider }));
  }

  private showFailed(): void {
    this.act(async (host) => {
      await host.clearFilter(null);
      await host.setText({ text: 'status:failed' });
      this.dispatchEvent(new CustomEvent(SHOW_IMAGES, { bubbles: true }));
    });
  }

  private exportDecisions(): void {
    this.act(async (host) => {
      const written = await host.exportDecisions(null);
      if (written) announce(`Wrote ${plural(written.decisions, 'decision')} into ${written.file}`);
    });
  }

  private act(action: (host: Client<HostApi>) => Promise<unknown>): void {
    askHost(this.connected, action, (failure) => (this.actionFailure = failure));
  }
}

function loading(label: string): TemplateResult {
  return html`<div class="runs-loading skeleton" role="status" aria-label=${label}></div>`;
}
