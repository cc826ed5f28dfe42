/** Points that lie close together on a map. */
export interface DensityCluster {
  readonly size: number;
  /** Where it is densest, in map units. */
  readonly x: number;
  readonly y: number;
}

export interface Clustering {
  /** Index into `clusters` of each point, 255 for points of none. */
  readonly assignments: Uint8Array;
  /** The largest first; at most 255. */
  readonly clusters: readonly DensityCluster[];
}

export const NO_CLUSTER = 255;

/** Cells of the density grid, across and down. */
const CELLS = 320;
/** A hill whose top is not e to this power higher than the saddle to a higher one is part of that one. */
const PROMINENCE = 0.45;
/** More than that of hills made by few points, as chance makes some: so many deviations of the logarithm of a count. */
const DEVIATIONS = 2;
/** Density below this share of the highest one belongs to no cluster. */
const FLOOR = 0.01;
const LEAST_POINTS = 8;
const LEAST_SHARE = 0.002;

/**
 * Clusters of a finished map: the hills of its density, which is estimated on a grid. Going down from the densest cell,
 * each cell joins the hill it touches; where two hills meet, the lower one is taken in unless it stands out (Chazal,
 * Guibas, Oudot, Skraba 2013, "ToMATo"). There is no chance in it: equal points give equal clusters.
 *
 * @param xy x0, y0, x1, y1, …; points whose place is no number are in no cluster
 */
export function densityClusters(xy: Float32Array): Clustering {
  const count = xy.length >> 1;
  const { cellOf, cornerX, cornerY, cellSize } = layGrid(xy);
  const counts = new Float32Array(CELLS * CELLS);
  let placed = 0;
  for (let point = 0; point < count; point++) {
    if (cellOf[point] < 0) continue;
    counts[cellOf[point]]++;
    placed++;
  }
  if (placed === 0) return { assignments: new Uint8Array(count).fill(NO_CLUSTER), clusters: [] };
  // fewer points need a wider look to be seen as one crowd
  const deviation = Math.max(1.6, Math.min(6, 22 / placed ** 0.2));
  const hillOf = findHills(smooth(counts, deviation), 4 * Math.PI * deviation ** 2);
  const sizes = new Map<number, number>();
  hillOf.forEach((hill, cell) => {
    if (hill >= 0) sizes.set(hill, (sizes.get(hill) ?? 0) + counts[cell]);
  });
  const least = Math.max(LEAST_POINTS, Math.round(placed * LEAST_SHARE));
  const hills = [...sizes]
    .filter(([, size]) => size >= least)
    .sort(([topA, sizeA], [topB, sizeB]) => sizeB - sizeA || topA - topB)
    .slice(0, NO_CLUSTER);
  const clusterOf = new Map(hills.map(([top], index) => [top, index]));
  const ofCell = Uint8Array.from(hillOf, (hill) => clusterOf.get(hill) ?? NO_CLUSTER);
  // loops over all points index: an iterator costs ten times as much
  const assignments = new Uint8Array(count).fill(NO_CLUSTER);
  for (let point = 0; point < count; point++) if (cellOf[point] >= 0) assignments[point] = ofCell[cellOf[point]];
  return {
    assignments,
    clusters: hills.map(([top, size]) => ({
      size,
      x: cornerX + ((top % CELLS) + 0.5) * cellSize,
      y: cornerY + (Math.floor(top / CELLS) + 0.5) * cellSize,
    })),
  };
}

/** A square grid with a little room around the points: the cell of each, -1 for none. */
function layGrid(xy: Float32Array) {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const x = xy[i];
    const y = xy[i + 1];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  const side = Math.max(maxX - minX, maxY - minY) * 1.06 || 1;
  const cellSize = side / CELLS;
  const cornerX = (minX + maxX - side) / 2;
  const cornerY = (minY + maxY - side) / 2;
  const cellOf = new Int32Array(xy.length >> 1).fill(-1);
  for (let point = 0; point < cellOf.length; point++) {
    const column = Math.floor((xy[2 * point] - cornerX) / cellSize);
    const row = Math.floor((xy[2 * point + 1] - cornerY) / cellSize);
    if (column >= 0 && row >= 0 && column < CELLS && row < CELLS) cellOf[point] = row * CELLS + column;
  }
  return { cellOf, cornerX, cornerY, cellSize };
}

/** Convolution with a Gaussian whose deviation is given in cells. */
function smooth(counts: Float32Array, deviation: number): Float32Array {
  const reach = Math.ceil(3 * deviation);
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - reach) / deviation) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  let from = counts;
  for (const step of [1, CELLS]) {
    const to = new Float32Array(from.length);
    for (let cell = 0; cell < from.length; cell++) {
      const value = from[cell];
      if (value === 0) continue;
      const along = step === 1 ? cell % CELLS : Math.floor(cell / CELLS);
      for (let offset = Math.max(-reach, -along); offset <= Math.min(reach, CELLS - 1 - along); offset++) {
        to[cell + offset * step] += (value * weights[offset + reach]) / sum;
      }
    }
    from = to;
  }
  return from;
}

/**
 * The top cell of the hill that each cell belongs to, -1 for cells below the floor.
 * @param area how many cells a point is spread over, in effect
 */
function findHills(density: Float32Array, area: number): Int32Array {
  const needed = (top: number) => PROMINENCE + DEVIATIONS / Math.sqrt(density[top] * area);
  const floor = FLOOR * density.reduce((highest, value) => Math.max(highest, value), 0);
  const downwards = Int32Array.from(density.keys())
    .filter((cell) => density[cell] > floor)
    .sort((a, b) => density[b] - density[a] || a - b);
  const parent = new Int32Array(density.length).fill(-1);
  const topOf = (cell: number) => {
    while (parent[cell] !== cell) {
      parent[cell] = parent[parent[cell]];
      cell = parent[cell];
    }
    return cell;
  };
  for (const cell of downwards) {
    const tops = neighbors(cell)
      .filter((near) => parent[near] >= 0)
      .map(topOf);
    const [highest] = tops.sort((a, b) => density[b] - density[a] || a - b);
    parent[cell] = highest ?? cell;
    for (const top of tops) {
      if (topOf(top) !== highest && Math.log(density[top] / density[cell]) < needed(top)) parent[top] = highest;
    }
  }
  for (const cell of downwards) parent[cell] = topOf(cell);
  return parent;
}

function neighbors(cell: number): number[] {
  const column = cell % CELLS;
  const row = Math.floor(cell / CELLS);
  const near: number[] = [];
  for (let y = Math.max(0, row - 1); y <= Math.min(CELLS - 1, row + 1); y++) {
    for (let x = Math.max(0, column - 1); x <= Math.min(CELLS - 1, column + 1); x++) {
      if (x !== column || y !== row) near.push(y * CELLS + x);
    }
  }
  return near;
}
