import type { Camera } from './camera';
import { pointsInPolygon } from './lasso';
import type { MapScene } from './mapScene';

/** The lasso: its outline while it is drawn and after, and what it selects until the host answers with a mask. */
export class MapSelection {
  /** x0, y0, x1, y1, … in map units. */
  outline: number[] | null = null;
  /** 1 for the points inside; null when the host's mask is what counts. */
  preview: Uint8Array | null = null;
  private isGrowing = false;

  /** Begins a new outline, or adds a corner to the one that is being drawn. */
  grow(x: number, y: number): void {
    if (!this.isGrowing || !this.outline) this.outline = [];
    this.isGrowing = true;
    this.outline.push(x, y);
  }

  /** Ends the outline. @returns the ids of the samples inside, null for none, which leaves nothing selected here. */
  finish(scene: MapScene): Int32Array | null {
    const inside = this.outline ? pointsInPolygon(scene.index, this.outline) : new Uint32Array(0);
    if (inside.length === 0) {
      this.clear();
      return null;
    }
    this.isGrowing = false;
    const preview = new Uint8Array(scene.count);
    const ids = new Int32Array(inside.length);
    inside.forEach((point, i) => {
      preview[point] = 1;
      ids[i] = scene.points.ids[point];
    });
    this.preview = preview;
    return ids;
  }

  /** Takes all that is in view. */
  finishView(scene: MapScene, camera: Camera): Int32Array | null {
    const [left, top] = camera.toMap(0, 0);
    const [right, bottom] = camera.toMap(camera.width, camera.height);
    this.outline = [left, top, right, top, right, bottom, left, bottom];
    return this.finish(scene);
  }

  clear(): void {
    this.isGrowing = false;
    this.outline = null;
    this.preview = null;
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
