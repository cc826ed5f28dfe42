import type { Camera } from './camera';
import type { MapScene } from './mapScene';

/**
 * The point to go to from a place in a direction, as the arrow keys do: near, and rather straight ahead than aside.
 * Distance counts double for what lies 45° off, which is the limit.
 *
 * @param xy x0, y0, x1, y1, …
 * @param from the point to leave, or the coordinates to start from
 * @param direction a unit vector, map y grows upwards
 * @returns the index of the point, or -1 when none lies there
 */
export function nextPoint(
  xy: Float32Array,
  from: number | readonly [number, number],
  direction: readonly [number, number],
  accepts: (point: number) => boolean,
): number {
  const [startX, startY] = typeof from === 'number' ? [xy[2 * from], xy[2 * from + 1]] : from;
  let best = -1;
  let bestCost = Infinity;
  for (let point = 0; 2 * point + 1 < xy.length; point++) {
    const dx = xy[2 * point] - startX;
    const dy = xy[2 * point + 1] - startY;
    const ahead = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1] - dy * direction[0]);
    if (!(ahead > 0) || aside > ahead) continue;
    const cost = Math.hypot(dx, dy) * (1 + aside / ahead);
    if (cost < bestCost && point !== from && accepts(point)) {
      best = point;
      bestCost = cost;
    }
  }
  return best;
}

/** Where the keyboard cursor starts: on the open sample (index, -1 for none), else in the middle of the view. */
export function firstStop(
  { index, bounds }: MapScene,
  { x, y }: Camera,
  selected: number,
  accepts: (point: number) => boolean,
): number {
  if (selected >= 0) return selected;
  const extent = Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) || 1;
  const near = index.nearest(x, y, 0.05 * extent, accepts);
  return near >= 0 ? near : index.nearest(x, y, 2 * extent, accepts);
}
