import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { Camera } from './camera';
import { mapControls } from './mapControls';
import { MapGestures, type MapTool } from './mapGestures';
import { commandOf, KEY_HELP, type MapCommand } from './mapKeys';
import type { MapLabel } from './mapLabels';
import { MapPainter, type DensityMode } from './mapPainter';
import { MapScene, NO_POINTS, type MapPoints } from './mapScene';
import { MapSelection, type SelectionMode } from './mapSelection';
import { mapStyles } from './mapStyles';
import type { MapImages } from './mapThumbnails';
import { publishColors, readTheme, watchTheme, type MapTheme } from './mapTheme';
import { passingWords, pointCount, pointWords, TOOL_WORDS } from './mapWords';
import { firstStop, nextPoint } from './nextPoint';
import { pickPoint } from './pickPoint';

export type { MapPoints } from './mapScene';

const REST_MS = 140;
const PAN_SHARE = 0.12;

/** Properties that the picture depends on; of what they do not name only images may have come. */
const DRAWN = ['labels', 'images', 'density', 'selectedId'] as const;

/**
 * The scatter map. Points that do not pass `mask` are dimmed, not gone. It draws when something changed and is still
 * otherwise.
 *
 * @fires lasso - `{ids}`: samples inside the lasso, null when the selection is to be cleared
 * @fires hover - `{id, clientX, clientY}`: the sample under the pointer or the keyboard cursor, id null for none
 * @fires open - `{id}`
 * @fires similar - `{id}`: what looks like this sample is asked for
 */
@customElement('datavisor-map')
export class MapView extends LitElement {
  static override styles = mapStyles;

  @property({ attribute: false }) points: MapPoints | null = null;
  /** 1 where a point passes the filter; null when all do. Of another length than the points, it is left aside. */
  @property({ attribute: false }) mask: Uint8Array | null = null;
  @property({ attribute: false }) selectedId: number | null = null;
  /** Names of parts of the map, the most important first. */
  @property({ attribute: false }) labels: readonly MapLabel[] = [];
  /** Images of the samples, for when the map is close; null for none. */
  @property({ attribute: false }) images: MapImages | null = null;
  /** What is selected now was selected on this map, so that more can be added. */
  @property({ attribute: false }) isSelectedHere = false;
  @property({ attribute: false }) density: DensityMode = 'auto';
  @property({ reflect: true }) tool: MapTool = 'pan';

  @state() private announcement = '';
  @state() private passing: number | null = null;
  @state() private isOnPoint = false;
  @state() private showsDensity = false;
  @query('.surface') private readonly surfaceElement!: HTMLElement;

  private readonly camera = new Camera();
  private readonly selection = new MapSelection();
  private scene = new MapScene(NO_POINTS);
  private theme: MapTheme | null = null;
  private painter: MapPainter | null = null;
  private gestures: MapGestures | null = null;
  private stopWatchingTheme: (() => void) | null = null;
  private frame = 0;
  private restTimer: ReturnType<typeof setTimeout> | undefined;
  private isMoving = false;
  // indices of points, -1 for none
  private hovered = -1;
  private cursor = -1;
  private selected = -1;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopWatchingTheme = watchTheme(() => this.applyTheme());
    if (!this.hasUpdated) return;
    this.makePainter();
    this.fillPainter();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopWatchingTheme?.();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    clearTimeout(this.restTimer);
    this.painter?.dispose();
    this.painter = null;
  }

  protected override firstUpdated(): void {
    this.gestures = new MapGestures(this.surfaceElement, {
      tool: () => this.tool,
      pan: (dx, dy) => this.move(() => this.camera.panBy(dx, dy)),
      zoom: (factor, x, y) => this.move(() => this.camera.zoomAt(factor, x, y)),
      hover: (place) => this.hover(place ? this.pick(...place) : -1),
      click: (x, y) => this.openAt(x, y),
      lassoPoint: (x, y, shape) => {
        const place = this.camera.toMap(x, y);
        if (shape === 'rectangle') this.selection.stretch(...place);
        else this.selection.grow(...place);
        this.requestDraw();
      },
      lassoEnd: (mode) => this.tellSelection(this.selection.finish(this.scene, mode)),
      lassoCancel: () => {
        this.selection.clear();
        this.showStates();
      },
    });
    this.makePainter();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('points')) this.takePoints(this.points ?? NO_POINTS);
    if (changed.has('mask')) this.selection.maskArrived();
    if (changed.has('isSelectedHere') && !this.isSelectedHere) this.selection.forget();
    if (changed.has('points') || changed.has('mask')) this.countPassing();
    if (changed.has('mask') && this.hasUpdated) this.announcement = passingWords(this.passing, this.scene.count);
    if (changed.has('points') || changed.has('selectedId')) {
      this.selected = this.selectedId === null ? -1 : this.scene.points.ids.indexOf(this.selectedId);
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('points')) this.fillPainter();
    else if (changed.has('mask')) this.showStates();
    else if (changed.size === 0 ? !this.painter?.thumbnails.isEmpty : DRAWN.some((name) => changed.has(name))) {
      this.requestDraw();
    }
  }

  protected override render(): TemplateResult {
    const { count } = this.scene;
    const notice = this.painter?.notice;
    return html`
      <div
        class=${classMap({ surface: true, lasso: this.tool !== 'pan', 'on-point': this.isOnPoint })}
        role="application"
        tabindex="0"
        aria-roledescription="map"
        aria-label="Map of ${pointCount(count)} placed by likeness"
        aria-describedby="keys"
        @keydown=${(event: KeyboardEvent) => this.keydown(event)}
        @blur=${() => this.setCursor(-1)}
      ></div>
      <p id="keys" class="hidden">${KEY_HELP}</p>
      <p class="hidden" role="status">${this.announcement}</p>
      ${count > 0 ? mapControls(this.tool, this.showsDensity, this.controlActions) : nothing}
      ${count > 0 && this.passing !== null ? html`<p class="count" aria-hidden="true">${passingWords(this.passing, count)}</p>` : nothing}
      ${notice ? html`<p class="notice" role="status">${notice}</p>` : nothing}
    `;
  }

  private readonly controlActions = {
    useTool: (tool: MapTool) => (this.tool = tool),
    zoom: (factor: number) => this.zoomMiddle(factor),
    fit: () => this.move(() => this.camera.fit()),
    toggleDensity: () => this.toggleDensity(),
  };

  private countPassing(): void {
    const mask = this.effectiveMask;
    this.passing = mask && mask.reduce((sum, value) => sum + value, 0);
  }

  private get effectiveMask(): Uint8Array | null {
    return this.selection.preview ?? (this.mask?.length === this.scene.count ? this.mask : null);
  }

  private makePainter(): void {
    this.painter = new MapPainter(this.surfaceElement, this.camera, {
      resized: (width, height) => {
        this.camera.resize(width, height);
        this.draw(); // at once: a resized canvas is empty
      },
      changed: () => this.requestUpdate(),
      wantsDraw: () => this.requestDraw(),
    });
    this.requestUpdate(); // it may have something to say
  }

  private fillPainter(): void {
    this.painter?.setScene(this.scene);
    this.showStates();
    this.applyTheme();
  }

  private takePoints(points: MapPoints): void {
    const former = this.scene;
    this.scene = new MapScene(points, former);
    this.selection.preview = null;
    this.hovered = -1;
    this.cursor = -1;
    this.isOnPoint = false;
    // another colouring of the same map must not move it
    if (!this.scene.liesLike(former)) {
      this.selection.clear();
      this.camera.show(this.scene.bounds);
    }
  }

  private applyTheme(): void {
    this.theme = readTheme(this);
    publishColors(this.scene.points, this.theme.background);
    this.painter?.setTheme(this.theme, this.scene);
    this.requestDraw();
  }

  private showStates(): void {
    this.painter?.setMask(this.effectiveMask);
    this.requestDraw();
  }

  private requestDraw(): void {
    if (this.frame === 0 && this.painter) this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (!this.painter) return;
    const place = (point: number) => (point >= 0 ? this.scene.placeOf(point) : null);
    this.painter.draw({
      marks: {
        lasso: this.selection.outline,
        lassoClosed: !this.gestures?.isDrawing,
        hovered: place(this.hovered),
        selected: place(this.selected),
        cursor: place(this.cursor),
      },
      labels: this.labels,
      images: this.images,
      density: this.density,
      isMoving: this.isMoving,
    });
    this.showsDensity = this.painter.showsDensity;
  }

  private toggleDensity(): void {
    this.density = this.showsDensity ? 'off' : 'on';
    this.announcement = this.density === 'on' ? 'Density' : 'Single points';
  }

  /** Changes the view, drawing fewer points until it rests when there are very many. */
  private move(change: () => void): void {
    change();
    this.isMoving = true;
    clearTimeout(this.restTimer);
    this.restTimer = setTimeout(() => {
      this.isMoving = false;
      this.requestDraw(); // all points, and the images of this place
    }, REST_MS);
    this.requestDraw();
  }

  private zoomMiddle(factor: number): void {
    this.move(() => this.camera.zoomAt(factor, this.camera.width / 2, this.camera.height / 2));
  }

  private passes(point: number): boolean {
    return this.effectiveMask?.[point] !== 0;
  }

  private pick(screenX: number, screenY: number): number {
    const pictured = this.painter?.thumbnails.pick(screenX, screenY) ?? -1;
    return pictured >= 0
      ? pictured
      : pickPoint(this.scene, this.camera, screenX, screenY, (point) => this.passes(point));
  }

  private hover(point: number): void {
    if (point === this.hovered) return;
    this.hovered = point;
    this.isOnPoint = point >= 0;
    this.emitHover(point);
    this.requestDraw();
  }

  private openAt(x: number, y: number): void {
    const point = this.pick(x, y);
    if (point >= 0) this.emit('open', { id: this.scene.points.ids[point] });
  }

  /** Selects points by their indices, as a lasso does. */
  select(points: Uint32Array, mode: SelectionMode): void {
    this.selection.outline = null;
    this.tellSelection(this.selection.choose(this.scene, points, mode));
  }

  /** Shows a selection at once and tells of it; null clears it. */
  private tellSelection(ids: Int32Array | null): void {
    this.countPassing();
    this.announcement = ids ? passingWords(this.passing, this.scene.count) : 'No selection';
    this.showStates();
    this.emit('lasso', { ids });
  }

  private keydown(event: KeyboardEvent): void {
    const command = commandOf(event);
    if (!command || this.scene.count === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.run(command);
  }

  private run(command: MapCommand): void {
    const { camera, scene } = this;
    switch (command.kind) {
      case 'pan': {
        const [x, y] = command.direction;
        this.move(() => camera.panBy(-x * PAN_SHARE * camera.width, y * PAN_SHARE * camera.height));
        break;
      }
      case 'go':
        this.goTo(command.direction);
        break;
      case 'zoom':
        this.zoomMiddle(command.factor);
        break;
      case 'fit':
        this.move(() => camera.fit());
        break;
      case 'similar': {
        const id = this.cursor >= 0 ? scene.points.ids[this.cursor] : this.selectedId;
        if (id !== null) this.emit('similar', { id });
        break;
      }
      case 'open':
        if (this.cursor >= 0) this.emit('open', { id: scene.points.ids[this.cursor] });
        break;
      case 'clear':
        this.clear();
        break;
      case 'selectView':
        this.tellSelection(this.selection.finishView(scene, camera, command.mode));
        break;
      case 'toggleLasso':
        this.toggleTool('lasso');
        break;
      case 'toggleRectangle':
        this.toggleTool('rectangle');
        break;
      case 'toggleDensity':
        this.toggleDensity();
    }
  }

  private toggleTool(tool: MapTool): void {
    this.tool = this.tool === tool ? 'pan' : tool;
    this.announcement = TOOL_WORDS[this.tool];
  }

  private clear(): void {
    if (this.gestures?.isDrawing) {
      this.gestures.cancelLasso();
      return;
    }
    this.setCursor(-1);
    this.selection.clear();
    this.tellSelection(null);
  }

  /** Moves the keyboard cursor to the next point that passes the filter; the first time to the one in the middle. */
  private goTo(direction: readonly [number, number]): void {
    const { xy } = this.scene.points;
    const accepts = (point: number) => this.passes(point);
    const next =
      this.cursor >= 0
        ? nextPoint(xy, this.cursor, direction, accepts)
        : firstStop(this.scene, this.camera, this.selected, accepts);
    if (next >= 0) this.setCursor(next);
    else this.announcement = 'No point in that direction';
  }

  private setCursor(point: number): void {
    if (point === this.cursor) return;
    this.cursor = point;
    if (point >= 0) {
      this.camera.reveal(...this.scene.placeOf(point), 40);
      this.announcement = pointWords(point, this.scene.count, this.scene.labelOf(point));
    }
    this.emitHover(point);
    this.requestDraw();
  }

  private emitHover(point: number): void {
    const box = this.surfaceElement.getBoundingClientRect();
    const [x, y] = point >= 0 ? this.camera.toScreen(...this.scene.placeOf(point)) : [0, 0];
    const id = point >= 0 ? this.scene.points.ids[point] : null;
    this.emit('hover', { id, clientX: box.left + x, clientY: box.top + y });
  }

  private emit(type: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
