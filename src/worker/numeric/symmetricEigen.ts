import type { Pacer } from './pacer';

export interface EigenDecomposition {
  /** Largest first. */
  values: Float64Array;
  /** Row i is the unit eigenvector of values[i]; its entry of largest magnitude is positive. */
  vectors: Float64Array;
}

/**
 * All eigenvalues and eigenvectors of a symmetric n × n matrix (row-major): Householder reduction to tridiagonal form,
 * then the implicit QL algorithm (J. H. Wilkinson and C. Reinsch, "Handbook for Automatic Computation", 1971, II/2–II/4).
 * About 4 n³ multiplications, no iteration count to tune, the same result for the same input.
 *
 * @param matrix destroyed: it holds the reflections afterwards.
 */
export async function symmetricEigen(matrix: Float64Array, n: number, pacer: Pacer): Promise<EigenDecomposition> {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const basis = new Float64Array(n * n);
  const scratch = new Float64Array(n);
  const factors = new Float64Array(n);

  for (let k = 0; k < n - 2; k++) {
    factors[k] = reflectColumn(matrix, n, k, scratch, offDiagonal);
    if (pacer.due()) await pacer.pause();
  }
  if (n > 1) offDiagonal[n - 2] = matrix[(n - 1) * n + n - 2];
  for (let i = 0; i < n; i++) diagonal[i] = matrix[i * n + i];

  for (let i = 0; i < n; i++) basis[i * n + i] = 1;
  for (let k = n - 3; k >= 0; k--) {
    if (factors[k] !== 0) applyReflection(basis, matrix, n, k, factors[k]);
    if (pacer.due()) await pacer.pause();
  }

  await diagonalize(diagonal, offDiagonal, basis, n, pacer);
  return sortedWithFixedSigns(diagonal, basis, n);
}

/**
 * Clears row and column k beyond the subdiagonal by A ← H A H with H = I − factor · v vᵀ. Leaves v in row k, from k + 1 on.
 * @returns the factor, 0 when there was nothing to clear.
 */
function reflectColumn(a: Float64Array, n: number, k: number, w: Float64Array, offDiagonal: Float64Array): number {
  const v = a.subarray(k * n, k * n + n);
  let tail = 0;
  for (let j = k + 2; j < n; j++) tail += v[j] * v[j];
  const head = v[k + 1];
  if (tail === 0) {
    offDiagonal[k] = head;
    return 0;
  }
  const norm = Math.sqrt(head * head + tail);
  const first = head > 0 ? head + norm : head - norm;
  offDiagonal[k] = head > 0 ? -norm : norm;
  v[k + 1] = first;
  const factor = 2 / (first * first + tail);

  let overlap = 0;
  for (let i = k + 1; i < n; i++) {
    const row = i * n;
    let sum = 0;
    for (let j = k + 1; j < n; j++) sum += a[row + j] * v[j];
    w[i] = factor * sum;
    overlap += w[i] * v[i];
  }
  const shift = (factor / 2) * overlap;
  for (let i = k + 1; i < n; i++) w[i] -= shift * v[i];
  for (let i = k + 1; i < n; i++) {
    const row = i * n;
    const vi = v[i];
    const wi = w[i];
    for (let j = k + 1; j < n; j++) a[row + j] -= vi * w[j] + wi * v[j];
  }
  return factor;
}

/** basis ← basis · H for the reflection that `reflectColumn` left in row k. */
function applyReflection(basis: Float64Array, a: Float64Array, n: number, k: number, factor: number): void {
  const v = a.subarray(k * n, k * n + n);
  for (let i = k + 1; i < n; i++) {
    const row = i * n;
    let sum = 0;
    for (let j = k + 1; j < n; j++) sum += basis[row + j] * v[j];
    sum *= factor;
    if (sum !== 0) for (let j = k + 1; j < n; j++) basis[row + j] -= sum * v[j];
  }
}

/** Implicit QL with shifts on the tridiagonal matrix; the rows of `basis` are rotated along. */
async function diagonalize(
  d: Float64Array,
  e: Float64Array,
  basis: Float64Array,
  n: number,
  pacer: Pacer,
): Promise<void> {
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(d[i]) + Math.abs(e[i]));
  const negligible = scale * Number.EPSILON;
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let end = l;
      while (end < n - 1 && Math.abs(e[end]) > negligible) end++;
      if (end === l) break;
      if (sweep === 100) throw new Error('The eigenvalue iteration did not converge: the matrix is not finite.');
      sweepOnce(d, e, basis, n, l, end);
      if (pacer.due()) await pacer.pause();
    }
  }
}

/** One QL sweep over the unreduced block l … end. */
function sweepOnce(d: Float64Array, e: Float64Array, basis: Float64Array, n: number, l: number, end: number): void {
  const ratio = (d[l + 1] - d[l]) / (2 * e[l]);
  const root = Math.sqrt(ratio * ratio + 1);
  let g = d[end] - d[l] + e[l] / (ratio + (ratio < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let carried = 0;
  for (let i = end - 1; i >= l; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] -= carried;
      e[end] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1] - carried;
    const t = (d[i] - g) * sine + 2 * cosine * b;
    carried = sine * t;
    d[i + 1] = g + carried;
    g = cosine * t - b;
    rotateRows(basis, n, i, sine, cosine);
  }
  d[l] -= carried;
  e[l] = g;
  e[end] = 0;
}

function rotateRows(basis: Float64Array, n: number, i: number, sine: number, cosine: number): void {
  const upper = i * n;
  const lower = upper + n;
  for (let k = 0; k < n; k++) {
    const u = basis[upper + k];
    const w = basis[lower + k];
    basis[lower + k] = sine * u + cosine * w;
    basis[upper + k] = cosine * u - sine * w;
  }
}

/** Largest eigenvalue first; an eigenvector is only known up to its sign, which is fixed here so that refits agree. */
function sortedWithFixedSigns(values: Float64Array, rows: Float64Array, n: number): EigenDecomposition {
  const order = Array.from(values.keys()).sort((a, b) => values[b] - values[a] || a - b);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    const row = rows.subarray(from * n, from * n + n);
    let largest = 0;
    for (const entry of row) if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    const sign = largest < 0 ? -1 : 1;
    for (let k = 0; k < n; k++) vectors[to * n + k] = sign * row[k];
  });
  return { values: Float64Array.from(order, (i) => values[i]), vectors };
}
