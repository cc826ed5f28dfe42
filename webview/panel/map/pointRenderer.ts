import type { Bounds, Camera } from './camera';

/** Points in drawing order, ready for a renderer. */
export interface DrawnPoints {
  readonly count: number;
  /** x0, y0, x1, y1, … */
  readonly xy: Float32Array;
  /** Index into the palette. */
  readonly categories: Uint8Array;
  readonly bounds: Bounds;
}

export interface DrawStyle {
  /** Diameter of a point in CSS pixels. */
  readonly size: number;
  /** 0 to 1. */
  readonly opacity: number;
  /** Opacity of points that do not pass the filter, 0 to 1. */
  readonly dimmedOpacity: number;
  /** Only so many points, from the front of the drawing order. */
  readonly limit: number;
  readonly pixelRatio: number;
}

/** Draws points on its canvas. WebGL 2 where there is any, else the plain 2D canvas. */
export interface PointRenderer {
  /** At most so many points are drawn, because more would be too slow; Infinity when it can do with all. */
  readonly capacity: number;
  /** Their states must follow before they are drawn. */
  setPoints(points: DrawnPoints): void;
  /** Other categories of the same points. */
  setCategories(categories: Uint8Array): void;
  /** One byte a point in drawing order: 1 passes the filter, 0 is dimmed. */
  setStates(states: Uint8Array): void;
  /** 256 RGBA colours. */
  setPalette(bytes: Uint8Array): void;
  draw(camera: Camera, style: DrawStyle): void;
  dispose(): void;
}

/** Zoomed in, points grow a little; many are drawn smaller and more transparent, so that crowds stay readable. */
export function styleFor(count: number, zoom: number, pixelRatio: number): DrawStyle {
  const base = Math.min(9, Math.max(1.3, 42 / Math.max(1, count) ** 0.26));
  return {
    size: Math.min(14, base * Math.min(4, Math.max(1, zoom)) ** 0.5),
    opacity: count > 200_000 ? 0.6 : count > 5000 ? 0.8 : 0.95,
    dimmedOpacity: count > 20_000 ? 0.1 : 0.18,
    limit: Infinity,
    pixelRatio,
  };
}

/**
 * A shuffled order of 0 to count - 1, the same for the same count. Drawn in it, no category lies on top of the
 * others, and every prefix is a fair sample of the whole.
 */
export function drawingOrder(count: number): Uint32Array {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  let state = 1;
  for (let i = count - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((state / 4294967296) * (i + 1));
    const swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
  return order;
}
