import './quality.css';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { QualityIssue } from '../../../src/protocol/qualityApi';
import type { Client } from '../../../src/protocol/rpc';
import type { HostApi, ViewState } from '../../../src/protocol/viewApi';
import { errorText } from '../../shared/errorText';
import { formatCount, plural } from '../../shared/formats';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { LightElement } from '../../shared/lightElement';
import { failureBar, failureNotice } from '../../shared/notice';
import { StateWatch } from '../../shared/stateWatch';
import { askHost } from '../../shared/askHost';
import { SHOW_IMAGES, type PanelTab } from '../panelTab';
import { textButton } from '../textButton';
import { issueBars, issuesAt } from './issueCounts';

const BARS = 50;

/** Quality issues, each with a threshold that can be moved, and how many images have it then. */
@customElement('datavisor-quality')
export class QualityTab extends LightElement implements PanelTab {
  private connected: HostConnection | undefined;
  private query!: FreshQuery<{ revision: number; issues: QualityIssue[] }>;
  private readonly watch = new StateWatch();
  @state() private view: ViewState | undefined;
  @state() private issues: readonly QualityIssue[] | undefined;
  /** Thresholds that are being moved, by issue, until the host has answered. */
  @state() private moved: ReadonlyMap<string, number> = new Map();
  @state() private failure: string | null = null;
  @state() private actionFailure: string | null = null;

  set connection(connection: HostConnection) {
    if (connection === this.connected) return;
    this.connected = connection;
    this.query = new FreshQuery(
      () => connection.host.qualityIssues(null),
      ({ issues }) => {
        this.issues = issues;
        this.failure = null;
      },
      (error) => {
        this.failure = errorText(error);
        connection.reportError(error);
      },
    );
  }

  receive(view: ViewState, revision: number): void {
    const change = this.watch.receive(view, revision);
    if (change.activeChanged) {
      this.issues = undefined;
      this.moved = new Map();
      this.query.restart();
    } else if (change.dataChanged) {
      this.query.refresh();
    }
    this.view = view;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.query.stop();
  }

  protected override render(): TemplateResult {
    return html`<div class="quality-tab">
      ${failureBar(this.actionFailure, () => (this.actionFailure = null))}
      <p class="muted">
        What is wrong with single images follows from what was measured of them. Moving a threshold measures nothing
        anew and changes no tag.
      </p>
      ${
        this.failure !== null
          ? failureNotice('The quality issues could not be read', this.failure, () => this.query.restart())
          : this.issues
            ? this.issues.map((issue) => this.renderIssue(issue))
            : html`<div class="quality-wait skeleton" role="status" aria-label="Loading quality issues"></div>`
      }
    </div>`;
  }

  private renderIssue(issue: QualityIssue): TemplateResult {
    const { name, title, measure, side, least, most, step, usual, unknown, counts } = issue;
    const threshold = this.moved.get(name) ?? issue.threshold;
    const having = issuesAt(issue, threshold);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const words = `${formatCount(having)} of ${plural(total, 'image')}`;
    const limit = `${side === 'below' ? 'at most' : 'at least'} ${threshold}`;
    const id = `issue-${name}`;
    return html`<section class="quality-issue" aria-labelledby=${id}>
      <div class="quality-head">
        <h2 id=${id}>${title}</h2>
        <span class="numbers" role="status">${words}</span>
        <span class="toolbar-space"></span>
        ${textButton({ label: 'Show These Images', icon: 'filter', disabled: having === 0 }, () => this.show(name))}
      </div>
      <p class="muted">${measure}: ${limit}${unknown > 0 ? ` (not known of ${plural(unknown, 'image')})` : ''}</p>
      <div class="quality-inputs">
        <div class="quality-slide">
          ${histogram(issue, threshold)}
          <input
            type="range"
            class="slider"
            min=${least}
            max=${most}
            step=${step}
            aria-label="Threshold of ${title}"
            aria-valuetext="${limit}: ${words}"
            .value=${live(String(threshold))}
            ?disabled=${this.readOnly}
            @input=${(event: Event) => this.move(name, Number((event.target as HTMLInputElement).value))}
            @change=${(event: Event) => this.set(name, Number((event.target as HTMLInputElement).value))}
          />
        </div>
        <input
          type="number"
          class="field quality-number"
          min=${least}
          max=${most}
          step="any"
          aria-label="Threshold of ${title} as a number"
          .value=${live(String(threshold))}
          ?disabled=${this.readOnly}
          @change=${(event: Event) => this.typed(issue, event.target as HTMLInputElement)}
        />
        ${
          threshold === usual || this.readOnly
            ? nothing
            : html`<button type="button" class="link-button" @click=${() => this.set(name, null)}>
                Back to ${usual} for ${title}
              </button>`
        }
      </div>
    </section>`;
  }

  private get readOnly(): boolean {
    const { view } = this;
    return (view?.datasets.find(({ id }) => id === view.active)?.readOnly ?? null) !== null;
  }

  private typed(issue: QualityIssue, field: HTMLInputElement): void {
    const number = Number(field.value);
    if (field.value !== '' && number >= issue.least && number <= issue.most) this.set(issue.name, number);
    else field.value = String(this.moved.get(issue.name) ?? issue.threshold);
  }

  private move(name: string, threshold: number): void {
    this.moved = new Map([...this.moved, [name, threshold]]);
  }

  private set(name: string, threshold: number | null): void {
    if (threshold !== null) this.move(name, threshold);
    this.act(async (host) => {
      try {
        await host.setIssueThreshold({ issue: name, threshold });
        const { issues } = await host.qualityIssues(null);
        this.issues = issues;
      } finally {
        this.moved = new Map([...this.moved].filter(([moved]) => moved !== name));
      }
    });
  }

  private show(name: string): void {
    this.act(async (host) => {
      await host.clearFilter(null);
      await host.setPick({ dimension: 'issue', value: name, picked: true });
      this.dispatchEvent(new CustomEvent(SHOW_IMAGES, { bubbles: true }));
    });
  }

  private act(action: (host: Client<HostApi>) => Promise<unknown>): void {
    askHost(this.connected, action, (failure) => (this.actionFailure = failure));
  }
}

/** How the numbers lie, those that are an issue set off. Decoration: the words say what matters. */
function histogram(issue: QualityIssue, threshold: number): TemplateResult {
  return html`<svg class="quality-bars" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
    ${issueBars(issue, BARS, threshold).map(
      ({ height, isIn }, bar) =>
        svg`<rect class=${isIn ? 'in' : ''} x=${bar * (100 / BARS)} y=${20 - 20 * height} width=${80 / BARS} height=${20 * height}></rect>`,
    )}
  </svg>`;
}
