import type { Camera } from './camera';
import { formatColor } from './color';
import { DensityView } from './densityView';
import { drawLabels, type MapLabel } from './mapLabels';
import { drawMarks, type Marks } from './mapOverlay';
import type { MapScene } from './mapScene';
import { MapThumbnails, type MapImages } from './mapThumbnails';
import { paletteBytes, type MapTheme } from './mapTheme';
import { styleFor } from './pointRenderer';
import { PointSurface } from './pointSurface';

/** Whether the density stands for the points; `auto`: where they would hide each other. */
export type DensityMode = 'auto' | 'on' | 'off';

/** So many points are drawn while the map moves, when there are many more. */
const MOVING_POINTS = 200_000;

interface PainterEvents {
  resized(width: number, height: number): void;
  /** `notice` may say something else now. */
  changed(): void;
  /** Something can be drawn that could not be before. */
  wantsDraw(): void;
}

export interface Picture {
  readonly marks: Omit<Marks, 'pointSize'>;
  readonly labels: readonly MapLabel[];
  readonly images: MapImages | null;
  readonly density: DensityMode;
  readonly isMoving: boolean;
}

/** Draws a scene: its points or their density, names and images, and the marks over all of it. */
export class MapPainter {
  readonly thumbnails: MapThumbnails;
  /** Whether the last picture showed the density. */
  showsDensity = false;
  private readonly surface: PointSurface;
  private readonly density = new DensityView();
  private scene: MapScene | null = null;
  private mask: Uint8Array | null = null;
  private theme: MapTheme | null = null;
  private palette: Uint8Array = new Uint8Array(1024);
  /** What the renderer does not have yet: the density is there without it. */
  private stale = { points: true, categories: true, states: true };

  constructor(
    container: HTMLElement,
    private readonly camera: Camera,
    events: PainterEvents,
  ) {
    this.thumbnails = new MapThumbnails(() => events.wantsDraw());
    this.surface = new PointSurface(container, {
      resized: (width, height) => events.resized(width, height),
      renewed: () => {
        this.stale = { points: true, categories: true, states: true };
        this.surface.setPalette(this.palette);
        events.wantsDraw();
      },
      changed: () => events.changed(),
    });
  }

  /** What the person should know about how the map is drawn, or null. */
  get notice(): string | null {
    return this.surface.notice(this.scene?.count ?? 0);
  }

  get pixelRatio(): number {
    return this.surface.pixelRatio;
  }

  setScene(scene: MapScene): void {
    const samePlaces = this.scene?.points.xy === scene.points.xy;
    this.stale = { points: this.stale.points || !samePlaces, categories: true, states: true };
    this.scene = scene;
    this.density.setScene(scene);
  }

  /** 1 for each point that passes the filter; null when all do. */
  setMask(mask: Uint8Array | null): void {
    this.mask = mask;
    this.stale.states = true;
    this.density.setMask(mask);
  }

  setTheme(theme: MapTheme, scene: MapScene): void {
    this.theme = theme;
    this.palette = paletteBytes(scene.points, theme.background);
    this.surface.setPalette(this.palette);
    this.density.setPalette(this.palette);
  }

  draw({ marks, labels, images, density, isMoving }: Picture): void {
    const { camera, scene, theme, surface } = this;
    if (!scene || !theme) return;
    const style = styleFor(scene.count, camera.zoom, surface.pixelRatio);
    this.showsDensity = density === 'on' || (density === 'auto' && this.density.isApt(camera, style));
    if (this.showsDensity) {
      surface.draw(camera, { ...style, limit: 0 });
    } else {
      this.fillSurface(scene);
      const thinned = isMoving && scene.count > 1.25 * MOVING_POINTS;
      surface.draw(camera, thinned ? { ...style, limit: MOVING_POINTS } : style);
    }
    const context = surface.overlay;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.scale(surface.pixelRatio, surface.pixelRatio);
    if (this.showsDensity) this.density.draw(context, camera);
    const accepts = (point: number) => this.mask?.[point] !== 0;
    this.thumbnails.layout(camera, scene, this.showsDensity ? null : images, accepts, !isMoving);
    this.thumbnails.draw(context, theme, scene, images, (point) => this.colorOf(scene, point));
    if (this.thumbnails.isEmpty) drawLabels(context, camera, theme, labels);
    drawMarks(context, camera, theme, { ...marks, pointSize: style.size });
  }

  dispose(): void {
    this.surface.dispose();
  }

  private fillSurface(scene: MapScene): void {
    const { stale, surface } = this;
    if (stale.points) surface.setPoints(scene.drawn());
    else if (stale.categories) surface.setCategories(scene.drawnCategories());
    if (stale.points || stale.states) surface.setStates(scene.drawnStates(this.mask));
    this.stale = { points: false, categories: false, states: false };
  }

  private colorOf(scene: MapScene, point: number): string {
    const at = 4 * scene.points.categories[point];
    return formatColor([this.palette[at], this.palette[at + 1], this.palette[at + 2]]);
  }
}
