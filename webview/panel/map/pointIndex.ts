import { boundsOf } from './camera';

/** Points for a cell on average; few enough that looking through some cells costs nothing. */
const POINTS_A_CELL = 4;
const MAX_CELLS_ACROSS = 1024;

/** A square grid over the points, each cell with the indices of its points: answers where-questions fast. */
export class PointIndex {
  readonly count: number;
  /** Cells across and down. */
  readonly cells: number;
  private readonly originX: number;
  private readonly originY: number;
  /** Cells for one map unit. */
  private readonly density: number;
  /** Cell c has the points `members[starts[c]]` to `members[starts[c + 1] - 1]`. */
  private readonly starts: Uint32Array;
  private readonly members: Uint32Array;

  /** @param xy x0, y0, x1, y1, …; points whose place is no number are in no cell */
  constructor(readonly xy: Float32Array) {
    this.count = xy.length >> 1;
    const { minX, minY, maxX, maxY } = boundsOf(xy);
    this.cells = Math.max(1, Math.min(MAX_CELLS_ACROSS, Math.floor(Math.sqrt(this.count / POINTS_A_CELL))));
    this.originX = minX;
    this.originY = minY;
    this.density = this.cells / (Math.max(maxX - minX, maxY - minY) || 1);

    const cellOf = new Int32Array(this.count).fill(-1);
    this.starts = new Uint32Array(this.cells * this.cells + 1);
    for (let point = 0; point < this.count; point++) {
      const x = xy[2 * point];
      const y = xy[2 * point + 1];
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      const cell = this.row(y) * this.cells + this.column(x);
      cellOf[point] = cell;
      this.starts[cell + 1]++;
    }
    for (let cell = 0; cell < this.cells * this.cells; cell++) this.starts[cell + 1] += this.starts[cell];
    const next = this.starts.slice();
    this.members = new Uint32Array(this.starts[this.cells * this.cells]);
    for (let point = 0; point < this.count; point++) {
      if (cellOf[point] >= 0) this.members[next[cellOf[point]]++] = point;
    }
  }

  /** The column of a map x, the nearest one for places outside. */
  column(x: number): number {
    return Math.min(this.cells - 1, Math.max(0, Math.floor((x - this.originX) * this.density)));
  }

  row(y: number): number {
    return Math.min(this.cells - 1, Math.max(0, Math.floor((y - this.originY) * this.density)));
  }

  /** Map coordinates of the lower left corner of a cell. */
  corner(column: number, row: number): [number, number] {
    return [this.originX + column / this.density, this.originY + row / this.density];
  }

  /** The points of one cell. */
  inCell(column: number, row: number): Uint32Array {
    const cell = row * this.cells + column;
    return this.members.subarray(this.starts[cell], this.starts[cell + 1]);
  }

  /**
   * The point nearest to a place, within a radius in map units; of those that `accepts` takes. -1 when there is none.
   * A radius of many cells is slow: it is meant for the reach of a pointer.
   */
  nearest(x: number, y: number, radius: number, accepts?: (point: number) => boolean): number {
    let best = -1;
    let bestDistance = radius * radius;
    for (let row = this.row(y - radius); row <= this.row(y + radius); row++) {
      for (let column = this.column(x - radius); column <= this.column(x + radius); column++) {
        for (const point of this.inCell(column, row)) {
          const distance = (this.xy[2 * point] - x) ** 2 + (this.xy[2 * point + 1] - y) ** 2;
          if (distance > bestDistance || (accepts && !accepts(point))) continue;
          best = point;
          bestDistance = distance;
        }
      }
    }
    return best;
  }
}
