import './mapSettings.css';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { live } from 'lit/directives/live.js';
import * as v from 'valibot';
import { DEFAULT_MAP_SETTINGS, MapMetric, MapSettings } from '../../../src/protocol/mapSettings';
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
    return html`<form class="map-settings" @submit=${this.onSubmit}>
      ${failure === null ? nothing : html`<p role="alert">${icon('error')} ${failure}</p>`}
      ${this.embedders.length > 1 ? this.embedderField() : nothing}
      ${keyed(this.chosenEmbedder, this.fields(known?.chosen ?? DEFAULT_MAP_SETTINGS))}
      <p class="muted" role="status">${known ? describeMap(known) : failure === null ? 'Loading …' : ''}</p>
      <button type="submit" class="text-button primary" ?disabled=${isRunning || !known}>
        ${icon('graph-scatter')} Lay Out Anew
      </button>
      ${isRunning ? html`<p class="muted">Something is running. Wait for it, or cancel it first.</p>` : nothing}
    </form>`;
  }

  /** Read when the form is sent: what is typed is not written over by what is known. */
  private fields(chosen: MapSettings): TemplateResult {
    return html`<label for="map-neighbors" title="More of them show the whole, fewer the detail">Neighbours</label>
      <input
        id="map-neighbors"
        class="field"
        type="number"
        min="2"
        max="200"
        step="1"
        required
        .value=${String(chosen.neighbors)}
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
        .value=${String(chosen.minDistance)}
      />
      <label for="map-metric">Distance</label>
      <select id="map-metric" class="field">
        ${MapMetric.options.map(
          (metric) => html`<option value=${metric} .selected=${metric === chosen.metric}>${METRICS[metric]}</option>`,
        )}
      </select>`;
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
    this.failure = null;
    this.query.restart();
  }

  private get chosenEmbedder(): string {
    return this.other ?? this.embedder;
  }

  private chooseEmbedder(name: string): void {
    this.other = name;
    this.known = undefined;
    this.query.restart();
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    const { chosenEmbedder: embedder } = this;
    const settings = this.typed();
    if (!settings) return;
    this.connection.host
      .layOutMap({ embedder, settings })
      .then(() => (this.other === null ? null : this.connection.host.setEmbedder({ name: embedder })))
      .then(
        () => this.closeToButton(),
        (error: unknown) => this.fail(error),
      );
  };

  /** What stands in the fields; null where the form has let something by that it should not. */
  private typed(): MapSettings | null {
    const valueOf = (id: string) => this.querySelector<HTMLInputElement | HTMLSelectElement>(`#${id}`)?.value ?? '';
    const typed = v.safeParse(MapSettings, {
      neighbors: Number(valueOf('map-neighbors')),
      minDistance: Number(valueOf('map-distance')),
      metric: valueOf('map-metric'),
    });
    return typed.success ? typed.output : null;
  }

  private fail(error: unknown): void {
    this.failure = errorText(error);
    this.connection.reportError(error);
  }
}
