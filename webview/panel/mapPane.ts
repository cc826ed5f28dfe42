import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import './map/mapView';
import { formatCount } from '../shared/formats';
import { failureNotice, notice } from '../shared/notice';
import { centred } from './centred';
import { mapLegend } from './mapLegend';

/** What `hostApi.points` answers. */
export interface MapPoints {
  readonly ids: Int32Array;
  readonly xy: Float32Array;
  readonly categories: Uint8Array;
  readonly labels: readonly string[];
  /** Whose map it is. */
  readonly embedder: string;
  readonly embedders: readonly { readonly name: string; readonly title: string; readonly count: number }[];
  readonly colorChoices: readonly { readonly name: string; readonly title: string }[];
}

export interface MapPaneView {
  /** Undefined until they are read. */
  readonly points: MapPoints | undefined;
  /** 1 for points that pass the filter; null when all do. */
  readonly mask: Uint8Array | null;
  readonly failure: string | null;
  readonly colorBy: string | null;
  readonly picked: readonly string[];
  readonly selectedId: number | null;
  readonly isRunning: boolean;
  /** The button with the settings of the layout. */
  readonly settings: TemplateResult | typeof nothing;
}

export interface MapPaneActions {
  colorBy(dimension: string | null): void;
  showMapOf(embedder: string): void;
  pick(label: string, picked: boolean): void;
  lasso(ids: Int32Array | null): void;
  hover(id: number | null, x: number, y: number): void;
  open(id: number): void;
  findSimilar(id: number): void;
  embedAndMap(): void;
  retry(): void;
}

/** The scatter map of all images that have a place on it, with what its colours mean. */
export function mapPane(view: MapPaneView, actions: MapPaneActions): TemplateResult {
  return html`<section class="map-pane" aria-label="Map of images that look alike">${content(view, actions)}</section>`;
}

function content(view: MapPaneView, actions: MapPaneActions): TemplateResult {
  const { points, failure } = view;
  if (failure !== null) {
    return centred(failureNotice('The map could not be read', failure, () => actions.retry()));
  }
  if (!points) return html`<div class="map-wait skeleton" role="status" aria-label="Loading the map"></div>`;
  if (points.ids.length === 0) {
    return html`<div class="map-head">${embedderField(points, actions)}</div>
      ${centred(noMap(view.isRunning, () => actions.embedAndMap()))}`;
  }
  return html`
    <div class="map-head">
      ${embedderField(points, actions)}
      <label class="toolbar-field">
        <span class="toolbar-label">Colour by</span>
        <select @change=${(event: Event) => actions.colorBy((event.target as HTMLSelectElement).value || null)}>
          <option value="" .selected=${live(view.colorBy === null)}>Nothing</option>
          ${points.colorChoices.map(
            ({ name, title }) => html`<option value=${name} .selected=${live(view.colorBy === name)}>${title}</option>`,
          )}
        </select>
      </label>
      <span class="toolbar-space"></span>
      <span class="muted numbers">${formatCount(points.ids.length)} mapped</span>
      ${view.settings}
    </div>
    <datavisor-map
      class="map"
      .points=${points}
      .mask=${view.mask}
      .selectedId=${view.selectedId}
      @lasso=${(event: CustomEvent<{ ids: Int32Array | null }>) => actions.lasso(event.detail.ids)}
      @hover=${(event: CustomEvent<{ id: number | null; clientX: number; clientY: number }>) =>
        actions.hover(event.detail.id, event.detail.clientX, event.detail.clientY)}
      @open=${(event: CustomEvent<{ id: number }>) => actions.open(event.detail.id)}
      @similar=${(event: CustomEvent<{ id: number }>) => actions.findSimilar(event.detail.id)}
    ></datavisor-map>
    ${view.colorBy === null ? nothing : mapLegend(points, view.mask, view.picked, (label, on) => actions.pick(label, on))}
  `;
}

/** Which embedder's map is shown, where there are several. */
function embedderField({ embedder, embedders }: MapPoints, actions: MapPaneActions): TemplateResult | typeof nothing {
  if (embedders.length < 2) return nothing;
  return html`<label class="toolbar-field" title="Which embedder says what is alike, on the map and in Find Similar">
    <span class="toolbar-label">Alike by</span>
    <select @change=${(event: Event) => actions.showMapOf((event.target as HTMLSelectElement).value)}>
      ${embedders.map(
        ({ name, title, count }) =>
          html`<option value=${name} .selected=${live(name === embedder)}>${title} (${formatCount(count)})</option>`,
      )}
    </select>
  </label>`;
}

function noMap(isRunning: boolean, embedAndMap: () => void): TemplateResult {
  if (isRunning) {
    return notice({ icon: 'map', title: 'No map yet', text: 'It is drawn at the end of the run that is under way.' });
  }
  return notice({
    icon: 'map',
    title: 'No map yet',
    text: 'Embed and Map places images that look alike next to each other. It runs on this computer.',
    actions: [{ label: 'Embed and Map', icon: 'map', run: embedAndMap }],
  });
}
