import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ModelAction, ModelSummary, ViewState } from '../../src/protocol/viewApi';
import { errorText } from '../shared/errorText';
import { FreshQuery } from '../shared/freshQuery';
import type { HostConnection } from '../shared/hostConnection';
import { LightElement } from '../shared/lightElement';
import { failureBar, failureNotice } from '../shared/notice';
import { modelCard } from './modelCard';
import type { TrialState } from './modelTrial';

interface ModelList {
  readonly revision: number;
  readonly folder: string;
  readonly models: readonly ModelSummary[];
}

/** The list of models: which there are, where they are, and the ways to get them and be rid of them. */
@customElement('datavisor-models')
export class ModelsView extends LightElement {
  private connected!: HostConnection;
  @state() private downloads: ViewState['models']['downloads'] = [];
  @state() private list: ModelList | undefined;
  /** Why there is no list. */
  @state() private loadFailure: string | null = null;
  /** Why the last click came to nothing. */
  @state() private actionFailure: string | null = null;
  /** By the model's name. */
  @state() private trials: ReadonlyMap<string, TrialState> = new Map();
  private revision = -1;
  /** The trial that a command asked for last. */
  private request = 0;

  private readonly query = new FreshQuery(
    () => this.connected.host.models(null),
    (list) => {
      this.list = list;
      this.loadFailure = null;
    },
    (error) => {
      this.loadFailure = errorText(error);
      this.connected.reportError(error);
    },
  );

  set connection(connection: HostConnection) {
    this.connected = connection;
    this.load();
  }

  /** A new state of the host. */
  receive({ models }: ViewState): void {
    const hasEnded = this.downloads.some(({ name }) => !models.downloads.some((other) => other.name === name));
    this.downloads = models.downloads;
    if (models.trial && models.trial.request > this.request) {
      this.request = models.trial.request;
      this.tryModel(models.trial.name, true);
    }
    if (models.revision === this.revision && !hasEnded) return;
    this.revision = models.revision;
    this.query.refresh();
  }

  protected override render(): TemplateResult {
    return html`<main class="models">
      ${failureBar(this.actionFailure, () => (this.actionFailure = null))} ${this.renderContent()}
    </main>`;
  }

  private renderContent(): TemplateResult {
    if (this.loadFailure !== null) {
      return failureNotice('The models could not be listed', this.loadFailure, () => this.load());
    }
    if (!this.list) return html`<div class="skeleton models-wait" role="status" aria-label="Loading"></div>`;
    const { models, folder } = this.list;
    return html`<header>
        <h1>Models</h1>
        <p>
          They run on this computer; no image leaves it. Downloads lie in <span class="models-folder">${folder}</span>.
          “DataVisor: Choose Provider” says which one Auto-Tag asks, “DataVisor: Embed and Map” which one makes the map.
        </p>
      </header>
      ${this.renderPart('tagging', 'Taggers', models)} ${this.renderPart('embedding', 'Embedders', models)}`;
  }

  private renderPart(task: ModelSummary['task'], title: string, models: readonly ModelSummary[]): TemplateResult {
    return html`<section aria-labelledby="part-${task}">
      <h2 id="part-${task}">${title}</h2>
      <div class="model-cards">
        ${repeat(
          models.filter((model) => model.task === task),
          ({ name }) => name,
          (model) =>
            modelCard(
              model,
              this.downloads.find(({ name }) => name === model.name),
              this.trials.get(model.name),
              {
                act: (action) => this.act(model.name, action),
                tryIt: () => this.tryModel(model.name, false),
                closeTrial: () => this.closeTrial(model.name),
              },
            ),
        )}
      </div>
    </section>`;
  }

  private load(): void {
    this.loadFailure = null;
    this.connected.host.state(null).then(
      (state) => {
        this.revision = -1;
        this.receive(state);
      },
      (error: unknown) => {
        this.loadFailure = errorText(error);
        this.connected.reportError(error);
      },
    );
  }

  /** @param reveals whether the model's card is brought into sight, when it was not there that this was asked for */
  private tryModel(name: string, reveals: boolean): void {
    if (this.trials.get(name)?.state === 'running') return;
    this.setTrial(name, { state: 'running' });
    this.connected.host.tryModel({ name }).then(
      (trial) => {
        this.setTrial(name, { state: 'done', trial });
        if (reveals) void this.reveal(name);
      },
      (error: unknown) => {
        this.setTrial(name, { state: 'failed', message: errorText(error) });
        if (reveals) void this.reveal(name);
      },
    );
  }

  private setTrial(name: string, trial: TrialState | null): void {
    const trials = new Map(this.trials);
    if (trial) trials.set(name, trial);
    else trials.delete(name);
    this.trials = trials;
  }

  /** The focus would be lost with the button that had it. */
  private closeTrial(name: string): void {
    this.setTrial(name, null);
    void this.updateComplete.then(() => this.cardOf(name)?.querySelector<HTMLElement>('.model-actions > *')?.focus());
  }

  private async reveal(name: string): Promise<void> {
    await this.updateComplete;
    this.cardOf(name)?.scrollIntoView({ block: 'nearest' });
  }

  private cardOf(name: string): HTMLElement | null {
    return this.querySelector(`[aria-labelledby="model-${CSS.escape(name)}"]`);
  }

  private act(name: string, action: ModelAction): void {
    this.actionFailure = null;
    this.connected.host.modelAction({ name, action }).catch((error: unknown) => {
      this.actionFailure = errorText(error);
      this.connected.reportError(error);
    });
  }
}
