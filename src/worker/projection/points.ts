/** Row-major coordinates of `count` points. */
export interface Points {
  coordinates: Float32Array;
  count: number;
  dimensions: number;
}

/** Squared Euclidean distance, summed on four lanes so that additions need not wait for each other. */
export function squaredDistance(
  { coordinates, dimensions }: Pick<Points, 'coordinates' | 'dimensions'>,
  a: number,
  b: number,
): number {
  const p = a * dimensions;
  const q = b * dimensions;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 0;
  for (; j + 3 < dimensions; j += 4) {
    const d0 = coordinates[p + j] - coordinates[q + j];
    const d1 = coordinates[p + j + 1] - coordinates[q + j + 1];
    const d2 = coordinates[p + j + 2] - coordinates[q + j + 2];
    const d3 = coordinates[p + j + 3] - coordinates[q + j + 3];
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; j < dimensions; j++) {
    const d = coordinates[p + j] - coordinates[q + j];
    s0 += d * d;
  }
  return s0 + s1 + (s2 + s3);
}
