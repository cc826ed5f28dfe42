import type { Camera } from './camera';
import { formatColor } from './color';
import type { MapTheme } from './mapTheme';

/** A name at a place of the map. */
export interface MapLabel {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

export interface PlacedLabel {
  readonly name: string;
  /** Middle of the text, in CSS pixels. */
  readonly x: number;
  readonly y: number;
}

const FONT_SIZE = 12;
const ROOM = 6;
/** How far above its place a name is written, so that the densest points stay in sight. */
const LIFT = 14;
const LONGEST = 28;

/** Those of the labels in view that have room, the first ones first. @param widthOf of a text, in CSS pixels */
export function placeLabels(
  labels: readonly MapLabel[],
  camera: Camera,
  widthOf: (text: string) => number,
): PlacedLabel[] {
  const boxes: { left: number; right: number; y: number }[] = [];
  const placed: PlacedLabel[] = [];
  for (const label of labels) {
    const name = label.name.length > LONGEST ? `${label.name.slice(0, LONGEST - 1)}…` : label.name;
    const [x, placeY] = camera.toScreen(label.x, label.y);
    const y = placeY - LIFT;
    const half = widthOf(name) / 2 + ROOM;
    if (x + half < 0 || x - half > camera.width || y < 0 || y > camera.height) continue;
    // at the edge the whole name stays in view
    const middle = Math.min(Math.max(x, half), Math.max(half, camera.width - half));
    const box = { left: middle - half, right: middle + half, y };
    const isTaken = boxes.some(
      (other) => box.left < other.right && other.left < box.right && Math.abs(box.y - other.y) < FONT_SIZE + ROOM,
    );
    if (isTaken) continue;
    boxes.push(box);
    placed.push({ name, x: middle, y });
  }
  return placed;
}

/** Writes them with a halo of the background, so that they can be read over a crowd of points. */
export function drawLabels(
  context: CanvasRenderingContext2D,
  camera: Camera,
  theme: MapTheme,
  labels: readonly MapLabel[],
): void {
  context.font = `600 ${FONT_SIZE}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 4;
  context.strokeStyle = formatColor(theme.background);
  context.fillStyle = formatColor(theme.foreground);
  for (const { name, x, y } of placeLabels(labels, camera, (text) => context.measureText(text).width)) {
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  }
}
