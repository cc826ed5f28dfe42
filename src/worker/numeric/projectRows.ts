/**
 * Coordinates of rows along components: out[i, c] = Σ components[c, j] · (rows[i, j] · factor_i − mean[j]).
 * All row-major; writes rows `from` to `to` (exclusive) of `out`, which has `rank` columns.
 *
 * @param factors what each row is multiplied by first (to bring it to unit length), or null.
 */
export function projectRows(
  rows: Float32Array,
  from: number,
  to: number,
  basis: { mean: Float32Array; components: Float32Array; length: number; rank: number },
  factors: Float32Array | null,
  out: Float32Array,
): void {
  const { mean, components, length, rank } = basis;
  const row = new Float64Array(length);
  for (let i = from; i < to; i++) {
    const factor = factors ? factors[i] : 1;
    for (let j = 0, at = i * length; j < length; j++) row[j] = rows[at + j] * factor - mean[j];
    for (let c = 0; c < rank; c++) out[i * rank + c] = dot(row, components, c * length, length);
  }
}

/** Four sums side by side: a single one would wait for itself at every step. */
function dot(row: Float64Array, components: Float32Array, at: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 0;
  for (; j + 3 < length; j += 4) {
    s0 += row[j] * components[at + j];
    s1 += row[j + 1] * components[at + j + 1];
    s2 += row[j + 2] * components[at + j + 2];
    s3 += row[j + 3] * components[at + j + 3];
  }
  for (; j < length; j++) s0 += row[j] * components[at + j];
  return s0 + s1 + (s2 + s3);
}
