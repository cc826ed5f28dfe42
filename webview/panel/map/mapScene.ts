import { boundsOf, sameBounds, type Bounds } from './camera';
import { PointIndex } from './pointIndex';
import { drawingOrder, type DrawnPoints } from './pointRenderer';

/** All mapped samples. `xy` is x0, y0, x1, y1, …; `categories[i]` indexes `labels`, 255 for none. */
export interface MapPoints {
  readonly ids: Int32Array;
  readonly xy: Float32Array;
  readonly categories: Uint8Array;
  readonly labels: readonly string[];
}

/** The points of a map with what is derived from them once: extent, drawing order, index for where-questions. */
export class MapScene {
  readonly count: number;
  readonly bounds: Bounds;
  private readonly order: Uint32Array;
  private lazyIndex: PointIndex | null;

  /** @param former what it may take over, when only colours changed */
  constructor(
    readonly points: MapPoints,
    former: MapScene | null = null,
  ) {
    const samePlaces = former?.points.xy === points.xy;
    this.count = points.ids.length;
    this.bounds = samePlaces ? former.bounds : boundsOf(points.xy);
    this.order = former?.count === this.count ? former.order : drawingOrder(this.count);
    this.lazyIndex = samePlaces ? former.lazyIndex : null;
  }

  /** Made when it is first needed: the first picture need not wait for it. */
  get index(): PointIndex {
    this.lazyIndex ??= new PointIndex(this.points.xy);
    return this.lazyIndex;
  }

  liesLike(other: MapScene): boolean {
    return sameBounds(this.bounds, other.bounds);
  }

  placeOf(point: number): readonly [number, number] {
    return [this.points.xy[2 * point], this.points.xy[2 * point + 1]];
  }

  /** Name of a point's category, or null. */
  labelOf(point: number): string | null {
    return this.points.labels[this.points.categories[point]] ?? null;
  }

  /** The points in drawing order. */
  drawn(): DrawnPoints {
    const { count, order, bounds } = this;
    const { xy, categories } = this.points;
    const drawnXy = new Float32Array(count * 2);
    const drawnCategories = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const point = order[i];
      drawnXy[2 * i] = xy[2 * point];
      drawnXy[2 * i + 1] = xy[2 * point + 1];
      drawnCategories[i] = categories[point];
    }
    return { count, bounds, xy: drawnXy, categories: drawnCategories };
  }

  /** A mask in drawing order; all pass when there is none. */
  drawnStates(mask: Uint8Array | null): Uint8Array {
    const states = new Uint8Array(this.count);
    if (!mask) return states.fill(1);
    for (let i = 0; i < this.count; i++) states[i] = mask[this.order[i]];
    return states;
  }
}
