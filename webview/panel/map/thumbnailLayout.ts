import type { Camera } from './camera';
import type { MapScene } from './mapScene';

/** A point that stands for those around it with its image. */
export interface ShownThumbnail {
  readonly point: number;
  /** Middle of the image, in CSS pixels. */
  readonly x: number;
  readonly y: number;
}

/** Width and height of an image on the map, in CSS pixels. */
export const THUMBNAIL_SIZE = 56;
/** Least width of the part of the map that has one image. */
const CELL = THUMBNAIL_SIZE + 12;
const MOST = 150;
/** From about so many points in view on, there are images. */
const POINTS_IN_VIEW = 2000;
const LEAST_ZOOM = 2;

/** The zoom from which on images are shown. */
export function thumbnailZoom(count: number): number {
  return Math.max(LEAST_ZOOM, Math.sqrt(count / POINTS_IN_VIEW));
}

/**
 * Representatives of what is in view: of each cell of a grid over the map the point nearest to its middle that is
 * accepted. The grid is fixed to the map, so that images stay what they are while it moves, and halves its cells from
 * one power of two of the scale to the next. No two images overlap.
 */
export function layoutThumbnails(
  camera: Camera,
  scene: MapScene,
  accepts: (point: number) => boolean,
): ShownThumbnail[] {
  const cell = 2 ** Math.ceil(Math.log2(CELL / camera.scale));
  const [left, top] = camera.toMap(0, 0);
  const [right, bottom] = camera.toMap(camera.width, camera.height);
  const shown: ShownThumbnail[] = [];
  const slack = (cell * camera.scale - THUMBNAIL_SIZE) / 2 - 2;
  for (let row = Math.floor(bottom / cell); row <= Math.floor(top / cell); row++) {
    for (let column = Math.floor(left / cell); column <= Math.floor(right / cell); column++) {
      const [middleX, middleY] = [(column + 0.5) * cell, (row + 0.5) * cell];
      const point = scene.index.nearest(middleX, middleY, cell / 2, accepts);
      if (point < 0) continue;
      // at its point as far as the cell has room
      const [x, y] = camera.toScreen(...scene.placeOf(point));
      const [cellX, cellY] = camera.toScreen(middleX, middleY);
      const within = (value: number, middle: number) => Math.min(middle + slack, Math.max(middle - slack, value));
      shown.push({ point, x: within(x, cellX), y: within(y, cellY) });
      if (shown.length === MOST) return shown;
    }
  }
  return shown;
}
