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
  private revision = -1;

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
              (action) => this.act(model.name, action),
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

  private act(name: string, action: ModelAction): void {
    this.actionFailure = null;
    this.connected.host.modelAction({ name, action }).catch((error: unknown) => {
      this.actionFailure = errorText(error);
      this.connected.reportError(error);
    });
  }
}
