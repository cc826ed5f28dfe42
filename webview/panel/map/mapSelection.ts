import type { Camera } from './camera';
import { pointsInPolygon } from './lasso';
import type { MapScene } from './mapScene';

/** What becomes of a selection that there is already. */
export type SelectionMode = 'replace' | 'add' | 'remove';

/** The lasso: its outline while it is drawn and after, and what it selects until the host answers with a mask. */
export class MapSelection {
  /** x0, y0, x1, y1, … in map units. */
  outline: number[] | null = null;
  /** 1 for the selected points; null when the host's mask is what counts. */
  preview: Uint8Array | null = null;
  /** 1 for the points selected last, which the next selection may add to; null when none are selected on the map. */
  private chosen: Uint8Array | null = null;
  private isGrowing = false;

  /** Begins a new outline, or adds a corner to the one that is being drawn. */
  grow(x: number, y: number): void {
    if (!this.isGrowing || !this.outline) this.outline = [];
    this.isGrowing = true;
    this.outline.push(x, y);
  }

  /** Begins a new rectangle, or draws the one there is up to this corner. */
  stretch(x: number, y: number): void {
    const [fromX, fromY] = this.isGrowing && this.outline ? this.outline : [x, y];
    this.isGrowing = true;
    this.outline = [fromX, fromY, x, fromY, x, y, fromX, y];
  }

  /**
   * Ends the outline.
   * @returns the ids of the selected samples in their order, null for none, which leaves nothing selected here
   */
  finish(scene: MapScene, mode: SelectionMode = 'replace'): Int32Array | null {
    const inside = this.outline ? pointsInPolygon(scene.index, this.outline) : new Uint32Array(0);
    return this.choose(scene, inside, mode);
  }

  /** Selects these points, or adds or removes them. Taking away where nothing is selected starts from all points. */
  choose(scene: MapScene, points: Uint32Array, mode: SelectionMode): Int32Array | null {
    const former = this.chosen?.length === scene.count && mode !== 'replace' ? this.chosen : null;
    const chosen = former?.slice() ?? new Uint8Array(scene.count).fill(mode === 'remove' ? 1 : 0);
    for (const point of points) chosen[point] = mode === 'remove' ? 0 : 1;
    const ids = scene.points.ids.filter((_, point) => chosen[point] === 1);
    if (ids.length === 0) {
      this.clear();
      return null;
    }
    this.isGrowing = false;
    this.preview = chosen;
    this.chosen = chosen;
    return ids;
  }

  /** Takes all that is in view. */
  finishView(scene: MapScene, camera: Camera, mode: SelectionMode = 'replace'): Int32Array | null {
    const [left, top] = camera.toMap(0, 0);
    const [right, bottom] = camera.toMap(camera.width, camera.height);
    this.outline = [left, top, right, top, right, bottom, left, bottom];
    return this.finish(scene, mode);
  }

  clear(): void {
    this.isGrowing = false;
    this.outline = null;
    this.preview = null;
    this.chosen = null;
  }

  /** What is selected now was not selected here, or nothing is any more. */
  forget(): void {
    if (this.preview === null) this.chosen = null;
  }

  /**
   * The host gave a mask. The first one answers the lasso, so its outline stays; any later one comes from somewhere
   * else (a facet, the grid), and the outline would tell a tale.
   */
  maskArrived(): void {
    if (this.isGrowing) return;
    if (this.preview === null) this.outline = null;
    this.preview = null;
  }
}
