import type { PointIndex } from './pointIndex';

/** x0, y0, x1, y1, … of the corners, in map units; the last is joined to the first. */
export type Polygon = readonly number[];

/** Even-odd rule: what a line that crosses itself encloses twice lies outside. */
export function polygonContains(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
    const yi = polygon[i + 1];
    const yj = polygon[j + 1];
    if (yi > y !== yj > y && x < ((polygon[j] - polygon[i]) * (y - yi)) / (yj - yi) + polygon[i]) inside = !inside;
  }
  return inside;
}

/**
 * The points inside a polygon, in no particular order. Only in cells that the outline passes through is each point
 * tested: the others lie inside or outside as a whole.
 */
export function pointsInPolygon(index: PointIndex, polygon: Polygon): Uint32Array {
  const found = new Uint32Array(index.count);
  let count = 0;
  if (polygon.length < 6) return found.subarray(0, 0);
  const { xy } = index;
  const outline = outlineCells(index, polygon);
  const [fromColumn, toColumn, fromRow, toRow] = cellRange(index, polygon);
  for (let row = fromRow; row <= toRow; row++) {
    for (let column = fromColumn; column <= toColumn; column++) {
      const members = index.inCell(column, row);
      if (members.length === 0) continue;
      if (outline[row * index.cells + column] === 1) {
        for (const point of members) {
          if (polygonContains(polygon, xy[2 * point], xy[2 * point + 1])) found[count++] = point;
        }
      } else if (polygonContains(polygon, xy[2 * members[0]], xy[2 * members[0] + 1])) {
        found.set(members, count);
        count += members.length;
      }
    }
  }
  return found.slice(0, count);
}

/** 1 for each cell that an edge may pass through; cells at the rim stand for all that lies beyond them. */
function outlineCells(index: PointIndex, polygon: Polygon): Uint8Array {
  const marked = new Uint8Array(index.cells * index.cells);
  for (let i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
    const upward = polygon[i + 1] >= polygon[j + 1];
    const [x0, y0] = upward ? [polygon[j], polygon[j + 1]] : [polygon[i], polygon[i + 1]];
    const [x1, y1] = upward ? [polygon[i], polygon[i + 1]] : [polygon[j], polygon[j + 1]];
    for (let row = index.row(y0); row <= index.row(y1); row++) {
      // the stretch of the edge within this row of cells
      const low = Math.max(y0, index.corner(0, row)[1]);
      const high = Math.min(y1, index.corner(0, row + 1)[1]);
      const at = (y: number) => (y1 > y0 ? x0 + (x1 - x0) * Math.min(1, Math.max(0, (y - y0) / (y1 - y0))) : x0);
      const [a, b] = y1 > y0 ? [at(low), at(high)] : [x0, x1];
      // one cell more on each side: rounding must not let the outline slip through unseen
      const from = Math.max(0, index.column(Math.min(a, b)) - 1);
      const to = Math.min(index.cells - 1, index.column(Math.max(a, b)) + 1);
      for (const near of [row - 1, row, row + 1]) {
        if (near >= 0 && near < index.cells) marked.fill(1, near * index.cells + from, near * index.cells + to + 1);
      }
    }
  }
  return marked;
}

function cellRange(index: PointIndex, polygon: Polygon): [number, number, number, number] {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i < polygon.length; i += 2) {
    minX = Math.min(minX, polygon[i]);
    maxX = Math.max(maxX, polygon[i]);
    minY = Math.min(minY, polygon[i + 1]);
    maxY = Math.max(maxY, polygon[i + 1]);
  }
  return [index.column(minX), index.column(maxX), index.row(minY), index.row(maxY)];
}
