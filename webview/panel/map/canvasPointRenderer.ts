import type { Camera } from './camera';
import { formatColor } from './color';
import type { DrawnPoints, DrawStyle, PointRenderer } from './pointRenderer';

/** Stands in where there is no WebGL 2: plain squares, and of very many points a fair sample. */
export class CanvasPointRenderer implements PointRenderer {
  readonly capacity = 50_000;
  private points: DrawnPoints | null = null;
  private states: Uint8Array = new Uint8Array(0);
  private palette: readonly string[] = [];

  constructor(private readonly context: CanvasRenderingContext2D) {}

  setPoints(points: DrawnPoints): void {
    this.points = points;
  }

  setCategories(categories: Uint8Array): void {
    if (this.points) this.points = { ...this.points, categories };
  }

  setStates(states: Uint8Array): void {
    this.states = states;
  }

  setPalette(bytes: Uint8Array): void {
    this.palette = Array.from({ length: 256 }, (_, i) =>
      formatColor([bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2]]),
    );
  }

  draw(camera: Camera, style: DrawStyle): void {
    const { context } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.scale(style.pixelRatio, style.pixelRatio);
    this.drawState(camera, style, 0, style.dimmedOpacity);
    this.drawState(camera, style, 1, style.opacity);
  }

  dispose(): void {
    this.points = null;
  }

  private drawState(camera: Camera, style: DrawStyle, state: number, opacity: number): void {
    if (!this.points) return;
    const { xy, categories, count } = this.points;
    const limit = Math.min(count, style.limit, this.capacity);
    this.context.globalAlpha = opacity;
    for (let i = 0; i < limit; i++) {
      if (this.states[i] !== state) continue;
      const [x, y] = camera.toScreen(xy[2 * i], xy[2 * i + 1]);
      this.context.fillStyle = this.palette[categories[i]];
      this.context.fillRect(x - style.size / 2, y - style.size / 2, style.size, style.size);
    }
  }
}
