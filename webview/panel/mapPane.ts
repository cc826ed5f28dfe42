import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import './map/mapView';
import type { Filter } from '../../src/protocol/viewApi';
import { formatCount } from '../shared/formats';
import { failureNotice, notice } from '../shared/notice';
import type { TagSuggestions } from '../shared/tagOptions';
import { centred } from './centred';
import { categoryCounts } from './categoryCounts';
import type { MapImages } from './map/mapThumbnails';
import type { SelectionMode } from './map/mapSelection';
import { mapClusterList } from './mapClusterList';
import { mapColorField } from './mapColorField';
import { pointsOf, type Coloring } from './mapColoring';
import { BY_CLUSTER, type MapData, type PlacedPoints } from './mapData';
import { mapLegend } from './mapLegend';
import './measureLegend';

export interface MapPaneView {
  readonly map: MapData;
  readonly failure: string | null;
  readonly colorBy: string | null;
  readonly filter: Filter;
  readonly selectedId: number | null;
  readonly isRunning: boolean;
  readonly images: MapImages;
}

export interface MapPaneActions {
  colorBy(choice: string | null): void;
  suggest(text: string): Promise<TagSuggestions>;
  showMapOf(embedder: string): void;
  pick(facet: string, label: string, picked: boolean): void;
  /** Selects points by their indices. */
  select(points: Uint32Array, mode: SelectionMode): void;
  lasso(ids: Int32Array | null): void;
  hover(id: number | null, x: number, y: number): void;
  open(id: number): void;
  embedAndMap(): void;
  retry(): void;
}

/** The scatter map of all images that have a place on it, with what its colours mean. */
export function mapPane(view: MapPaneView, actions: MapPaneActions): TemplateResult {
  return html`<section class="map-pane" aria-label="Map of images that look alike">${content(view, actions)}</section>`;
}

function content(view: MapPaneView, actions: MapPaneActions): TemplateResult {
  const { map, failure } = view;
  const { points, drawn, mask, clusters } = map;
  if (failure !== null) {
    return centred(failureNotice('The map could not be read', failure, () => actions.retry()));
  }
  if (!points || !drawn) return html`<div class="map-wait skeleton" role="status" aria-label="Loading the map"></div>`;
  if (points.ids.length === 0) {
    return html`<div class="map-head">${embedderField(points, actions)}</div>
      ${centred(noMap(view.isRunning, () => actions.embedAndMap()))}`;
  }
  return html`
    <div class="map-head">
      ${embedderField(points, actions)}
      ${mapColorField(
        view.colorBy,
        points.colorChoices,
        (text) => actions.suggest(text),
        (choice) => actions.colorBy(choice),
      )}
      <span class="toolbar-space"></span>
      <span class="muted numbers">${formatCount(points.ids.length)} mapped</span>
    </div>
    <datavisor-map
      class="map"
      .points=${drawn.points}
      .mask=${mask}
      .labels=${clusters?.clusters ?? []}
      .images=${view.images}
      .isSelectedHere=${view.filter.selection?.source === 'map'}
      .selectedId=${view.selectedId}
      @lasso=${(event: CustomEvent<{ ids: Int32Array | null }>) => actions.lasso(event.detail.ids)}
      @hover=${(event: CustomEvent<{ id: number | null; clientX: number; clientY: number }>) =>
        actions.hover(event.detail.id, event.detail.clientX, event.detail.clientY)}
      @open=${(event: CustomEvent<{ id: number }>) => actions.open(event.detail.id)}
    ></datavisor-map>
    ${legend(drawn.coloring, view, actions)} ${clusterList(view, actions)}
  `;
}

function legend(coloring: Coloring, view: MapPaneView, actions: MapPaneActions): TemplateResult | typeof nothing {
  const { mask } = view.map;
  const { facet, measure } = coloring;
  if (measure) {
    return html`<datavisor-measure-legend
      .measure=${measure}
      .mask=${mask}
      @range-chosen=${(event: CustomEvent<{ points: Uint32Array }>) => actions.select(event.detail.points, 'replace')}
    ></datavisor-measure-legend>`;
  }
  if (facet === null) return nothing;
  return mapLegend(coloring, mask, view.filter.picks[facet] ?? [], (label, on) => actions.pick(facet, label, on));
}

function clusterList({ map, colorBy }: MapPaneView, actions: MapPaneActions): TemplateResult | typeof nothing {
  const { clusters, mask, points } = map;
  if (!clusters || clusters.assignments.length !== points?.ids.length) return nothing;
  const { labeled } = categoryCounts(
    clusters.assignments,
    clusters.clusters.map(({ name }) => name),
    mask,
  );
  return mapClusterList(clusters, labeled, colorBy === BY_CLUSTER, (cluster, mode) =>
    actions.select(pointsOf(clusters.assignments, cluster), mode),
  );
}

/** Which embedder's map is shown, where there are several. */
function embedderField(
  { embedder, embedders }: PlacedPoints,
  actions: MapPaneActions,
): TemplateResult | typeof nothing {
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
