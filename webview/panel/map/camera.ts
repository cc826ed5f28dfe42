export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Free space around the points when all of them are shown, in CSS pixels. */
const PADDING = 28;
const MAX_ZOOM = 4000;
const MIN_ZOOM = 0.5;

/** What part of the map is shown. Screen coordinates are CSS pixels from the top left; map y grows upwards. */
export class Camera {
  /** Map coordinates of the middle of the view. */
  x = 0;
  y = 0;
  /** CSS pixels for one map unit. */
  scale = 1;
  width = 1;
  height = 1;
  private bounds: Bounds = { minX: -1, minY: -1, maxX: 1, maxY: 1 };
  private moved = false;

  /** How much closer than the whole map: 1 when all is shown. */
  get zoom(): number {
    return this.scale / this.fitScale;
  }

  /** Sets the size of the view in CSS pixels. A view that shows all goes on showing all; others keep their middle. */
  resize(width: number, height: number): void {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    if (this.moved) this.limit();
    else this.fit();
  }

  /** Takes the extent of the points, and shows all of them. */
  show(bounds: Bounds): void {
    this.bounds = bounds;
    this.fit();
  }

  fit(): void {
    const { minX, minY, maxX, maxY } = this.bounds;
    this.x = (minX + maxX) / 2;
    this.y = (minY + maxY) / 2;
    this.scale = this.fitScale;
    this.moved = false;
  }

  /** Moves the map by so many CSS pixels, as a drag does. */
  panBy(dx: number, dy: number): void {
    this.x -= dx / this.scale;
    this.y += dy / this.scale;
    this.moved = true;
    this.limit();
  }

  /** Zooms by a factor around a place on the screen, which stays where it is. */
  zoomAt(factor: number, screenX: number, screenY: number): void {
    const [x, y] = this.toMap(screenX, screenY);
    const scale = Math.min(MAX_ZOOM * this.fitScale, Math.max(MIN_ZOOM * this.fitScale, this.scale * factor));
    this.x = x - (screenX - this.width / 2) / scale;
    this.y = y + (screenY - this.height / 2) / scale;
    this.scale = scale;
    this.moved = true;
    this.limit();
  }

  /** Brings a place of the map into view with the least movement, `margin` CSS pixels away from the edge. */
  reveal(x: number, y: number, margin: number): void {
    const [screenX, screenY] = this.toScreen(x, y);
    const inside = (value: number, size: number) =>
      Math.min(Math.max(value, Math.min(margin, size / 2)), size - Math.min(margin, size / 2));
    const dx = inside(screenX, this.width) - screenX;
    const dy = inside(screenY, this.height) - screenY;
    if (dx !== 0 || dy !== 0) this.panBy(dx, dy);
  }

  toScreen(x: number, y: number): [number, number] {
    return [(x - this.x) * this.scale + this.width / 2, this.height / 2 - (y - this.y) * this.scale];
  }

  toMap(screenX: number, screenY: number): [number, number] {
    return [(screenX - this.width / 2) / this.scale + this.x, (this.height / 2 - screenY) / this.scale + this.y];
  }

  private get fitScale(): number {
    const { minX, minY, maxX, maxY } = this.bounds;
    const across = Math.max(1, this.width - 2 * PADDING) / (maxX - minX || 1);
    const down = Math.max(1, this.height - 2 * PADDING) / (maxY - minY || 1);
    return Math.min(across, down);
  }

  /** The middle stays within the points, so that the map cannot be lost. */
  private limit(): void {
    this.x = Math.min(this.bounds.maxX, Math.max(this.bounds.minX, this.x));
    this.y = Math.min(this.bounds.maxY, Math.max(this.bounds.minY, this.y));
  }
}

/** Extent of x0, y0, x1, y1, …; places that are no numbers do not count. A square around 0 when there are none. */
export function boundsOf(xy: Float32Array): Bounds {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const x = xy[i];
    const y = xy[i + 1];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : { minX: -1, minY: -1, maxX: 1, maxY: 1 };
}

export function sameBounds(a: Bounds, b: Bounds): boolean {
  return a.minX === b.minX && a.minY === b.minY && a.maxX === b.maxX && a.maxY === b.maxY;
}
