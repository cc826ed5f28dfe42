import type { Camera } from './camera';
import { densityPixels, type DensityPixels } from './densityPixels';
import type { MapScene } from './mapScene';
import type { DrawStyle } from './pointRenderer';

/** Fewer points are always drawn one by one. */
const LEAST_POINTS = 50_000;
/** From so many points over each other on, their number says more than they do. */
const OVERLAP = 3;

/** Draws the density of the points in place of them. It is counted anew when points, colours or filter change. */
export class DensityView {
  private counted: { picture: CanvasImageSource; pixels: DensityPixels } | null = null;
  private scene: MapScene | null = null;
  private mask: Uint8Array | null = null;
  private palette: Uint8Array = new Uint8Array(1024);

  setScene(scene: MapScene): void {
    this.scene = scene;
    this.counted = null;
  }

  setMask(mask: Uint8Array | null): void {
    if (mask === this.mask) return;
    this.mask = mask;
    this.counted = null;
  }

  setPalette(palette: Uint8Array): void {
    this.palette = palette;
    this.counted = null;
  }

  /** Whether points of this size would mostly hide each other. */
  isApt({ scale }: Camera, { size }: DrawStyle): boolean {
    if (!this.scene || this.scene.count < LEAST_POINTS) return false;
    const { occupied, cellSize } = this.count(this.scene).pixels;
    const covered = this.scene.count * (Math.PI / 4) * size ** 2;
    return covered > OVERLAP * occupied * (cellSize * scale) ** 2;
  }

  draw(context: CanvasRenderingContext2D, camera: Camera): void {
    if (!this.scene) return;
    const { picture, pixels } = this.count(this.scene);
    const [x, y] = camera.toScreen(pixels.left, pixels.top);
    const side = pixels.cells * pixels.cellSize * camera.scale;
    context.imageSmoothingEnabled = true;
    context.drawImage(picture, x, y, side, side);
  }

  private count(scene: MapScene): { picture: CanvasImageSource; pixels: DensityPixels } {
    if (this.counted) return this.counted;
    const { xy, categories } = scene.points;
    const pixels = densityPixels({ xy, categories, bounds: scene.bounds }, this.mask, this.palette);
    const picture = new OffscreenCanvas(pixels.cells, pixels.cells);
    picture.getContext('2d')?.putImageData(new ImageData(pixels.pixels, pixels.cells), 0, 0);
    return (this.counted = { picture, pixels });
  }
}
