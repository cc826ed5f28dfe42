import type { Camera } from './camera';
import type { MapScene } from './mapScene';
import { styleFor } from './pointRenderer';

/** How far from a point the pointer may be to mean it, in CSS pixels beyond the point's edge. */
const REACH = 6;

/** The point at a place on the screen, those that pass the filter first; -1 for none. */
export function pickPoint(
  scene: MapScene,
  camera: Camera,
  screenX: number,
  screenY: number,
  passes: (point: number) => boolean,
): number {
  const { size } = styleFor(scene.count, camera.zoom, 1);
  const [x, y] = camera.toMap(screenX, screenY);
  const radius = (size / 2 + REACH) / camera.scale;
  const passing = scene.index.nearest(x, y, radius, passes);
  return passing >= 0 ? passing : scene.index.nearest(x, y, radius);
}
