import type { Camera } from './camera';
import { formatColor } from './color';
import type { MapScene } from './mapScene';
import type { MapTheme } from './mapTheme';
import { layoutThumbnails, THUMBNAIL_SIZE, thumbnailZoom, type ShownThumbnail } from './thumbnailLayout';

/** Where images of samples come from; `ThumbnailSource` is one. */
export interface MapImages {
  /** Address, null when the image has none to give, undefined when it has to be asked for. */
  uriOf(sample: { id: number; thumbnail: null }): string | null | undefined;
  /** Asks for those that are in view and gives up those that are not any more. */
  want(part: string, ids: readonly number[]): void;
  broken(id: number, uri: string): void;
}

const PART = 'map thumbnails';
const KEPT = 400;

/** Images of single points on the map, once it is so close that there is room for them. */
export class MapThumbnails {
  private shown: readonly ShownThumbnail[] = [];
  private readonly pictures = new Map<string, HTMLImageElement>();

  /** @param loaded an image is there that was not */
  constructor(private readonly loaded: () => void) {}

  /** The point whose image is at a place of the screen; -1 for none. */
  pick(x: number, y: number): number {
    const half = THUMBNAIL_SIZE / 2;
    const hit = this.shown.find((each) => Math.abs(each.x - x) <= half && Math.abs(each.y - y) <= half);
    return hit?.point ?? -1;
  }

  /** Chooses anew what is shown; asks for images only when the map rests. */
  layout(
    camera: Camera,
    scene: MapScene,
    images: MapImages | null,
    accepts: (point: number) => boolean,
    rests: boolean,
  ): void {
    const isClose = images !== null && camera.zoom >= thumbnailZoom(scene.count);
    this.shown = isClose ? layoutThumbnails(camera, scene, accepts) : [];
    if (!rests || !images) return;
    const lacking = this.shown.map(({ point }) => scene.points.ids[point]);
    images.want(
      PART,
      lacking.filter((id) => images.uriOf({ id, thumbnail: null }) === undefined),
    );
  }

  get isEmpty(): boolean {
    return this.shown.length === 0;
  }

  draw(
    context: CanvasRenderingContext2D,
    theme: MapTheme,
    scene: MapScene,
    images: MapImages | null,
    colorOf: (point: number) => string,
  ): void {
    if (!images) return;
    for (const { point, x, y } of this.shown) {
      const id = scene.points.ids[point];
      const uri = images.uriOf({ id, thumbnail: null });
      const picture = uri ? this.picture(uri, () => images.broken(id, uri)) : null;
      if (!picture?.complete || picture.naturalWidth === 0) continue;
      const half = THUMBNAIL_SIZE / 2;
      const side = Math.min(picture.naturalWidth, picture.naturalHeight);
      const [fromX, fromY] = [(picture.naturalWidth - side) / 2, (picture.naturalHeight - side) / 2];
      context.save();
      context.beginPath();
      context.roundRect(x - half, y - half, THUMBNAIL_SIZE, THUMBNAIL_SIZE, 4);
      context.strokeStyle = formatColor(theme.background);
      context.lineWidth = 5;
      context.stroke();
      context.strokeStyle = colorOf(point);
      context.lineWidth = 3;
      context.stroke();
      context.clip();
      context.drawImage(picture, fromX, fromY, side, side, x - half, y - half, THUMBNAIL_SIZE, THUMBNAIL_SIZE);
      context.restore();
    }
  }

  private picture(uri: string, failed: () => void): HTMLImageElement {
    const known = this.pictures.get(uri);
    if (known) return known;
    const picture = new Image();
    picture.onload = () => this.loaded();
    picture.onerror = failed;
    picture.src = uri;
    this.pictures.set(uri, picture);
    for (const oldest of this.pictures.keys()) {
      if (this.pictures.size <= KEPT) break;
      this.pictures.delete(oldest);
    }
    return picture;
  }
}
