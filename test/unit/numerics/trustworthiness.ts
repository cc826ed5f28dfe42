/**
 * How far the nearest neighbors in a layout are neighbors in the data too, 0 to 1 (J. Venna, S. Kaski, "Neighborhood
 * preservation in nonlinear projection methods", 2001). By brute force, cosine distance in the data.
 */
export function trustworthiness(
  vectors: Float32Array,
  layout: Float32Array,
  count: number,
  length: number,
  size: number,
): number {
  let penalty = 0;
  for (let i = 0; i < count; i++) {
    const ranks = new Int32Array(count);
    order(count, i, (j) => cosineDistance(vectors, i, j, length)).forEach((j, rank) => (ranks[j] = rank + 1));
    const near = order(count, i, (j) => squaredDistance(layout, i, j)).slice(0, size);
    for (const j of near) penalty += Math.max(0, ranks[j] - size);
  }
  return 1 - (2 * penalty) / (count * size * (2 * count - 3 * size - 1));
}

/** All other points, nearest first. */
function order(count: number, i: number, distance: (j: number) => number): number[] {
  const distances = Float64Array.from({ length: count }, (_, j) => (j === i ? Infinity : distance(j)));
  return Array.from({ length: count }, (_, j) => j)
    .filter((j) => j !== i)
    .sort((a, b) => distances[a] - distances[b] || a - b);
}

function cosineDistance(vectors: Float32Array, a: number, b: number, length: number): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let j = 0; j < length; j++) {
    const [x, y] = [vectors[a * length + j], vectors[b * length + j]];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return 1 - ab / Math.sqrt(aa * bb);
}

function squaredDistance(layout: Float32Array, a: number, b: number): number {
  return (layout[2 * a] - layout[2 * b]) ** 2 + (layout[2 * a + 1] - layout[2 * b + 1]) ** 2;
}
