import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { ViewState } from '../../../src/protocol/viewApi';
import { announce } from '../../shared/announcer';
import { errorText, isNotIndexed } from '../../shared/errorText';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { LightElement } from '../../shared/lightElement';
import { failureBar, failureNotice, notice } from '../../shared/notice';
import { StateWatch } from '../../shared/stateWatch';
import { readOnlyWords } from '../datasetWords';
import type { PanelTab } from '../panelTab';
import './policy.css';
import { policyGeneral } from './policyGeneral';
import { policyProvider, type ProviderView } from './policyProvider';
import type { PolicySettings, PolicyView } from './policyRules';
import { PolicySaving } from './policySaving';
import { ScoreSource } from './scoreSource';

/** The policy: from which confidence on an answer of a model becomes a tag, and whether a person has to approve it. */
@customElement('datavisor-policy')
export class PolicyTab extends LightElement implements PanelTab {
  private connected!: HostConnection;
  private scores!: ScoreSource;
  private readonly watch = new StateWatch();
  @state() private policy: PolicyView | undefined;
  @state() private moving: ProviderView['moving'] = null;
  @state() private open: readonly string[] = [];
  /** Why there is no policy to show. */
  @state() private loadFailure: unknown;
  /** Why the last change came to nothing. */
  @state() private actionFailure: string | null = null;

  private readonly query = new FreshQuery(
    (signal) => this.connected.host.policy(null, { signal }),
    (policy) => {
      this.policy = policy;
      this.loadFailure = undefined;
    },
    (error) => this.failedToLoad(error),
  );

  private readonly saving = new PolicySaving(
    ({ rules, maxTags }) => this.connected.host.setPolicy({ rules: [...rules], maxTags }),
    (settings) => this.saved(settings),
    (error) => this.failedToSave(error),
  );

  set connection(connection: HostConnection) {
    this.connected = connection;
    this.scores = new ScoreSource(
      connection.host,
      () => this.requestUpdate(),
      (error) => this.failedToLoad(error),
    );
  }

  receive(view: ViewState, revision: number): void {
    const { activeChanged, revisionRose } = this.watch.receive(view, revision);
    if (activeChanged) {
      this.policy = undefined;
      this.scores.clear();
      this.actionFailure = null;
      this.query.restart();
    } else if (revisionRose) {
      this.query.refresh();
      this.scores.refresh();
    }
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<div class="policy">
      <header class="section-head">
        <h2>Policy</h2>
        <p class="muted">
          A model’s answer becomes a tag when its confidence reaches the threshold. A change derives all tags anew from
          the answers that are there; no model runs again, and what people decided stays.
        </p>
        <p class="policy-saving" role="status">${this.saving.wanted ? 'Deriving the tags anew …' : ''}</p>
      </header>
      ${failureBar(this.actionFailure, () => (this.actionFailure = null))} ${this.renderContent()}
    </div>`;
  }

  private renderContent(): TemplateResult {
    if (this.loadFailure !== undefined) return this.renderFailure(this.loadFailure);
    const { policy } = this;
    if (!policy) return html`<div class="skeleton policy-wait" role="status" aria-label="Loading"></div>`;
    const readOnly = readOnlyWords(this.watch.state);
    const shown = { ...policy, ...this.saving.wanted };
    const disabled = readOnly !== null;
    return html`${readOnly === null ? nothing : html`<p class="section-remark">${readOnly}</p>`}
    ${policyGeneral(shown, disabled, (settings) => this.change(settings))}
    ${
      policy.providers.length === 0
        ? notice({
            icon: 'tag',
            title: 'No model has said anything yet',
            text: 'Thresholds appear here with the first answers.',
            actions: [{ label: 'Auto-Tag', icon: 'tag', run: () => this.autoTag() }],
          })
        : policy.providers.map((provider) =>
            policyProvider(
              {
                policy: shown,
                provider,
                isOpen: this.open.includes(provider.name),
                disabled,
                moving: this.moving,
                scores: (name, dimension) => this.scores.of(name, dimension),
              },
              {
                move: (name, dimension, value) => (this.moving = { provider: name, dimension, value }),
                set: (settings) => this.change(settings),
                fold: (name) => this.fold(name),
              },
            ),
          )
    }`;
  }

  private renderFailure(error: unknown): TemplateResult {
    if (isNotIndexed(error)) {
      return notice({
        icon: 'tag',
        title: 'This folder is not indexed yet',
        text: 'Auto-Tag finds and tags its images; then there is something to set here.',
        actions: [{ label: 'Auto-Tag', icon: 'tag', run: () => this.autoTag() }],
      });
    }
    return failureNotice('The policy could not be read', errorText(error), () => this.retry());
  }

  private change(settings: PolicySettings): void {
    this.moving = null;
    this.actionFailure = null;
    this.saving.set(settings);
    this.requestUpdate();
  }

  private saved({ rules, maxTags }: PolicySettings): void {
    if (this.policy) this.policy = { ...this.policy, rules: [...rules], maxTags };
    announce('Saved. The tags follow the policy.');
    this.query.restart();
    this.requestUpdate();
  }

  /** What is shown goes back to what is in force, which the failure did not touch. */
  private failedToSave(error: unknown): void {
    this.actionFailure = `The policy stays as it was. ${errorText(error)}`;
    this.connected.reportError(error);
    this.requestUpdate();
  }

  private failedToLoad(error: unknown): void {
    this.loadFailure = error;
    if (!isNotIndexed(error)) this.connected.reportError(error);
  }

  private retry(): void {
    this.loadFailure = undefined;
    this.query.restart();
    this.scores.refresh();
  }

  private fold(provider: string): void {
    const { open } = this;
    this.open = open.includes(provider) ? open.filter((name) => name !== provider) : [...open, provider];
  }

  private autoTag(): void {
    this.connected.host.command({ name: 'autoTag' }).catch((error: unknown) => {
      this.actionFailure = errorText(error);
      this.connected.reportError(error);
    });
  }
}
