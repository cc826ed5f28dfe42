import type { Camera } from './camera';
import { formatColor } from './color';
import type { Polygon } from './lasso';
import type { MapTheme } from './mapTheme';

export interface Marks {
  /** The lasso being drawn, or the one that made the selection. */
  readonly lasso: Polygon | null;
  readonly lassoClosed: boolean;
  /** Map coordinates. */
  readonly hovered: readonly [number, number] | null;
  readonly selected: readonly [number, number] | null;
  readonly cursor: readonly [number, number] | null;
  /** Diameter of a point in CSS pixels. */
  readonly pointSize: number;
}

/** Draws what lies over the points: the lasso, and rings around single points. */
export function drawMarks(context: CanvasRenderingContext2D, camera: Camera, theme: MapTheme, marks: Marks): void {
  if (marks.lasso) drawLasso(context, camera, theme, marks.lasso, marks.lassoClosed);
  const foreground = formatColor(theme.foreground);
  if (marks.hovered) ring(context, camera, theme, marks.hovered, marks.pointSize / 2 + 3, foreground, 1.5);
  if (marks.selected) ring(context, camera, theme, marks.selected, marks.pointSize / 2 + 4, foreground, 2.5);
  if (marks.cursor) {
    ring(context, camera, theme, marks.cursor, marks.pointSize / 2 + 8, theme.focus, 2);
    crosshair(context, camera, marks.cursor, marks.pointSize / 2 + 8, theme.focus);
  }
}

function drawLasso(
  context: CanvasRenderingContext2D,
  camera: Camera,
  theme: MapTheme,
  lasso: Polygon,
  closed: boolean,
): void {
  context.beginPath();
  for (let i = 0; i < lasso.length; i += 2) context.lineTo(...camera.toScreen(lasso[i], lasso[i + 1]));
  if (closed) context.closePath();
  context.globalAlpha = theme.highContrast ? 0.06 : 0.1;
  context.fillStyle = theme.focus;
  context.fill();
  context.globalAlpha = 1;
  context.lineJoin = 'round';
  context.lineWidth = theme.highContrast ? 2 : 1.5;
  context.strokeStyle = theme.focus;
  context.setLineDash(closed ? [5, 4] : []);
  context.stroke();
  context.setLineDash([]);
}

/** A ring with a halo of the background, so that it shows over a crowd of points too. */
function ring(
  context: CanvasRenderingContext2D,
  camera: Camera,
  theme: MapTheme,
  place: readonly [number, number],
  radius: number,
  color: string,
  width: number,
): void {
  const [x, y] = camera.toScreen(...place);
  for (const [stroke, lineWidth] of [
    [formatColor(theme.background), width + 3],
    [color, width],
  ] as const) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = lineWidth;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

function crosshair(
  context: CanvasRenderingContext2D,
  camera: Camera,
  place: readonly [number, number],
  radius: number,
  color: string,
): void {
  const [x, y] = camera.toScreen(...place);
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    context.moveTo(x + dx * radius, y + dy * radius);
    context.lineTo(x + dx * (radius + 6), y + dy * (radius + 6));
  }
  context.lineWidth = 2;
  context.strokeStyle = color;
  context.stroke();
}
