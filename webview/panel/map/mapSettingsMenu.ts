import './mapSettings.css';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { DEFAULT_MAP_SETTINGS, MapMetric, type MapSettings } from '../../../src/protocol/mapSettings';
import { errorText } from '../../shared/errorText';
import { FreshQuery } from '../../shared/freshQuery';
import type { HostConnection } from '../../shared/hostConnection';
import { icon } from '../../shared/icon';
import { Popover } from '../popover';
import { describeMap, type KnownMap } from './mapSettingsWords';

const METRICS: Readonly<Record<MapMetric, string>> = { cosine: 'Cosine', euclidean: 'Euclidean' };

/** A button with the settings of the map's layout, which starts a new one. */
@customElement('datavisor-map-settings')
export class MapSettingsMenu extends Popover {
  @property({ attribute: false }) connection!: HostConnection;
  /** Whose map is shown. */
  @property({ attribute: false }) embedder = '';
  @property({ attribute: false }) embedders: readonly { readonly name: string; readonly title: string }[] = [];
  /** Of the data: what is known of the map is asked for again when it rises. */
  @property({ attribute: false }) revision = 0;
  @property({ attribute: false }) isRunning = false;
  /** Another embedder than the one whose map is shown. */
  @state() private other: string | null = null;
  @state() private known: KnownMap | undefined;
  /** What the person has changed and not started yet. */
  @state() private draft: Partial<MapSettings> = {};
  @state() private failure: string | null = null;
  protected override readonly boxTitle = 'Map settings';
  protected override readonly boxRole = 'dialog';

  private readonly query = new FreshQuery<KnownMap>(
    (signal) => this.connection.host.mapSettings({ embedder: this.chosenEmbedder }, { signal }),
    (known) => (this.known = known),
    (error) => this.fail(error),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.query.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('embedder')) this.other = null;
    if (!this.isOpen) return;
    if (changed.has('embedder')) this.query.restart();
    else if (changed.has('revision')) this.query.refresh();
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('isOpen') && this.isOpen) this.querySelector<HTMLElement>('form .field')?.focus();
  }

  protected override renderButton(): TemplateResult {
    return html`${icon('settings-gear')}`;
  }

  protected override renderBox(): TemplateResult {
    const { failure, known, isRunning } = this;
    const settings = { ...(known?.chosen ?? DEFAULT_MAP_SETTINGS), ...this.draft };
    return html`<form class="map-settings" @submit=${this.onSubmit}>
      ${failure === null ? nothing : html`<p role="alert">${icon('error')} ${failure}</p>`}
      ${this.embedders.length > 1 ? this.embedderField() : nothing}
      <label for="map-neighbors" title="More of them show the whole, fewer the detail">Neighbours</label>
      <input
        id="map-neighbors"
        class="field"
        type="number"
        min="2"
        max="200"
        step="1"
        required
        .value=${live(String(settings.neighbors))}
        @change=${(event: Event) => this.change({ neighbors: numberOf(event) })}
      />
      <label for="map-distance" title="How close points may lie: 0 packs them, 1 spreads them">Least distance</label>
      <input
        id="map-distance"
        class="field"
        type="number"
        min="0"
        max="1"
        step="any"
        required
        .value=${live(String(settings.minDistance))}
        @change=${(event: Event) => this.change({ minDistance: numberOf(event) })}
      />
      <label for="map-metric">Distance</label>
      <select id="map-metric" class="field" @change=${(event: Event) => this.change({ metric: metricOf(event) })}>
        ${MapMetric.options.map(
          (metric) =>
            html`<option value=${metric} .selected=${live(metric === settings.metric)}>${METRICS[metric]}</option>`,
        )}
      </select>
      <p class="muted" role="status">${known ? describeMap(known) : failure === null ? 'Loading …' : ''}</p>
      <button type="submit" class="text-button primary" ?disabled=${isRunning || !known}>
        ${icon('graph-scatter')} Lay Out Anew
      </button>
      ${isRunning ? html`<p class="muted">Something is running. Wait for it, or cancel it first.</p>` : nothing}
    </form>`;
  }

  private embedderField(): TemplateResult {
    return html`<label for="map-embedder">Model</label>
      <select
        id="map-embedder"
        class="field"
        @change=${(event: Event) => this.chooseEmbedder((event.target as HTMLSelectElement).value)}
      >
        ${this.embedders.map(
          ({ name, title }) =>
            html`<option value=${name} .selected=${live(name === this.chosenEmbedder)}>${title}</option>`,
        )}
      </select>`;
  }

  protected override open(): void {
    super.open();
    this.other = null;
    this.draft = {};
    this.failure = null;
    this.query.restart();
  }

  private get chosenEmbedder(): string {
    return this.other ?? this.embedder;
  }

  private chooseEmbedder(name: string): void {
    this.other = name;
    this.known = undefined;
    this.draft = {};
    this.query.restart();
  }

  private change(change: Partial<MapSettings>): void {
    this.draft = { ...this.draft, ...change };
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    if (!this.known) return;
    const { chosenEmbedder: embedder, known } = this;
    const settings = { ...known.chosen, ...this.draft };
    this.connection.host
      .layOutMap({ embedder, settings })
      .then(() => (this.other === null ? null : this.connection.host.setEmbedder({ name: embedder })))
      .then(
        () => this.closeToButton(),
        (error: unknown) => this.fail(error),
      );
  };

  private fail(error: unknown): void {
    this.failure = errorText(error);
    this.connection.reportError(error);
  }
}

const numberOf = (event: Event) => Number((event.target as HTMLInputElement).value);
const metricOf = (event: Event) => (event.target as HTMLSelectElement).value as MapMetric;
