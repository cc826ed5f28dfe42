/**
 * The first `length` numbers of each of `count` rows of `stride` numbers, scaled to unit length.
 * @throws when a row is zero or no number: what a device gives that cannot compute the graph.
 */
export function unitRows(values: Float32Array, count: number, stride: number, length: number): Float32Array {
  const rows = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    let square = 0;
    for (let i = 0, from = row * stride; i < length; i++, from++) square += values[from] * values[from];
    if (!(square > 0) || !Number.isFinite(square)) throw new Error('the model gave a vector without a direction');
    const scale = 1 / Math.sqrt(square);
    for (let i = 0; i < length; i++) rows[row * length + i] = values[row * stride + i] * scale;
  }
  return rows;
}
