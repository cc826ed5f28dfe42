import { boundsOf, sameBounds, type Bounds } from './camera';
import { PointIndex } from './pointIndex';
import { drawingOrder, type DrawnPoints } from './pointRenderer';

/** All mapped samples. `xy` is x0, y0, x1, y1, …; `categories[i]` indexes `labels`, 255 for none. */
export interface MapPoints {
  readonly ids: Int32Array;
  readonly xy: Float32Array;
  readonly categories: Uint8Array;
  readonly labels: readonly string[];
  /** The categories are steps of a measure from low to high, and there are no labels. */
  readonly isMeasure?: boolean;
}

export const NO_POINTS: MapPoints = {
  ids: new Int32Array(0),
  xy: new Float32Array(0),
  categories: new Uint8Array(0),
  labels: [],
};

/** The points of a map with what is derived from them once: extent, drawing order, index for where-questions. */
export class MapScene {
  readonly count: number;
  readonly bounds: Bounds;
  private lazyOrder: Uint32Array | null;
  private lazyIndex: PointIndex | null;

  /** @param former what it may take over, when only colours changed */
  constructor(
    readonly points: MapPoints,
    former: MapScene | null = null,
  ) {
    const samePlaces = former?.points.xy === points.xy;
    this.count = points.ids.length;
    this.bounds = samePlaces ? former.bounds : boundsOf(points.xy);
    this.lazyOrder = former?.count === this.count ? former.lazyOrder : null;
    this.lazyIndex = samePlaces ? former.lazyIndex : null;
  }

  /** Made when it is first needed: the first picture need not wait for it. */
  get index(): PointIndex {
    this.lazyIndex ??= new PointIndex(this.points.xy);
    return this.lazyIndex;
  }

  /** Made when points are drawn one by one, which the first picture of very many does not do. */
  private get order(): Uint32Array {
    return (this.lazyOrder ??= drawingOrder(this.count));
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
    const { xy } = this.points;
    const drawnXy = new Float32Array(count * 2);
    for (let i = 0; i < count; i++) {
      const point = order[i];
      drawnXy[2 * i] = xy[2 * point];
      drawnXy[2 * i + 1] = xy[2 * point + 1];
    }
    return { count, bounds, xy: drawnXy, categories: this.drawnCategories() };
  }

  /** The categories in drawing order. */
  drawnCategories(): Uint8Array {
    const { order } = this;
    const { categories } = this.points;
    const drawn = new Uint8Array(this.count);
    for (let i = 0; i < drawn.length; i++) drawn[i] = categories[order[i]];
    return drawn;
  }

  /** A mask in drawing order; all pass when there is none. */
  drawnStates(mask: Uint8Array | null): Uint8Array {
    const states = new Uint8Array(this.count);
    if (!mask) return states.fill(1);
    const { order } = this;
    for (let i = 0; i < states.length; i++) states[i] = mask[order[i]];
    return states;
  }
}
