import type { Camera } from './camera';
import { CanvasPointRenderer } from './canvasPointRenderer';
import { GlPointRenderer } from './glPointRenderer';
import type { DrawnPoints, DrawStyle, PointRenderer } from './pointRenderer';

interface SurfaceEvents {
  /** CSS pixels. */
  resized(width: number, height: number): void;
  /** The graphics context is back: everything must be given to it again. */
  renewed(): void;
  /** `notice` may say something else now. */
  changed(): void;
}

/** The canvases of the map in their container: their size, and the renderer that the machine allows. */
export class PointSurface {
  readonly overlay: CanvasRenderingContext2D;
  /** Canvas pixels for one CSS pixel. */
  pixelRatio = 1;
  private readonly canvas = document.createElement('canvas');
  private readonly sizes: ResizeObserver;
  private renderer: PointRenderer | null = null;
  private isLost = false;
  private isSized = false;
  private density: MediaQueryList | null = null;

  constructor(
    private readonly container: HTMLElement,
    private readonly events: SurfaceEvents,
  ) {
    const marks = document.createElement('canvas');
    container.append(this.canvas, marks);
    const overlay = marks.getContext('2d');
    if (!overlay) throw new Error('no 2D canvas');
    this.overlay = overlay;
    const gl = GlPointRenderer.contextOf(this.canvas);
    if (gl) this.useGl(gl);
    else this.useCanvas();
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(container);
    this.resize();
  }

  /** What the person should know about how the map is drawn, or null. */
  notice(count: number): string | null {
    if (this.isLost) return 'The graphics driver was reset. The map comes back when it answers again.';
    if (!this.renderer || this.renderer.capacity === Infinity || count === 0) return null;
    const { capacity } = this.renderer;
    const shown =
      count > capacity
        ? ` It shows ${capacity.toLocaleString('en')} of ${count.toLocaleString('en')} points; lasso and search see all.`
        : '';
    return `WebGL 2 is not available here, so the map is drawn the slow way.${shown}`;
  }

  setPoints(points: DrawnPoints): void {
    this.renderer?.setPoints(points);
  }

  setCategories(categories: Uint8Array): void {
    this.renderer?.setCategories(categories);
  }

  setStates(states: Uint8Array): void {
    this.renderer?.setStates(states);
  }

  setPalette(bytes: Uint8Array): void {
    this.renderer?.setPalette(bytes);
  }

  draw(camera: Camera, style: DrawStyle): void {
    this.renderer?.draw(camera, style);
  }

  dispose(): void {
    this.sizes.disconnect();
    this.density?.removeEventListener('change', this.onDensity);
    this.canvas.removeEventListener('webglcontextlost', this.onLost);
    this.renderer?.dispose();
    this.renderer = null;
    this.container.replaceChildren();
  }

  private useGl(gl: WebGL2RenderingContext): void {
    this.renderer = new GlPointRenderer(gl);
    this.canvas.addEventListener('webglcontextlost', this.onLost);
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.isLost = false;
      this.renderer = new GlPointRenderer(gl);
      this.events.renewed();
      this.events.changed();
    });
  }

  private readonly onLost = (event: Event) => {
    event.preventDefault(); // otherwise it is never restored
    this.isLost = true;
    this.renderer = null;
    this.events.changed();
  };

  private useCanvas(): void {
    const context = this.canvas.getContext('2d');
    if (!context) throw new Error('no 2D canvas');
    this.renderer = new CanvasPointRenderer(context);
  }

  private readonly onDensity = () => this.resize();

  private resize(): void {
    const { clientWidth, clientHeight } = this.container;
    this.pixelRatio = window.devicePixelRatio || 1;
    // a move to another screen changes the density and not the size
    this.density?.removeEventListener('change', this.onDensity);
    this.density = window.matchMedia(`(resolution: ${this.pixelRatio}dppx)`);
    this.density.addEventListener('change', this.onDensity);
    const width = Math.max(1, Math.round(clientWidth * this.pixelRatio));
    const height = Math.max(1, Math.round(clientHeight * this.pixelRatio));
    // what an observer says first is nothing new, and a canvas that is given its size is empty
    if (this.canvas.width === width && this.canvas.height === height && this.isSized) return;
    this.isSized = true;
    for (const canvas of [this.canvas, this.overlay.canvas]) {
      canvas.width = width;
      canvas.height = height;
    }
    this.events.resized(clientWidth, clientHeight);
  }
}
